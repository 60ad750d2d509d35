import type { LoginDestination, QuestionDestination } from '@gatehouse/contract/login-destination';
import { entryChanges } from '../../audit/entry-changes.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Entries } from '../entries/service.ts';
import { changesByOthers, changesSince, destinationOf, tagOf, type Destination } from './destination.ts';
import { findLastLogin } from './last-login-repository.ts';
import type { HopPerson, Person } from './person.ts';
import type { Plan, PlannedHop } from './plan-login.ts';

interface Dependencies {
  readonly database: Database;
  readonly entries: Pick<Entries, 'trustedKeys'>;
}

/** Makes the person of one machine of a plan. */
export function createHopPerson(dependencies: Dependencies, plan: Plan, hop: PlannedHop, person: Person): HopPerson {
  let username: string | undefined;
  let shown: QuestionDestination['hostKey'] = null;
  return {
    async ask(question, signal) {
      const { facts } = await describe(dependencies, plan, hop, shown);
      const destination = { ...facts, username: username ?? facts.username, hostKey: shown };
      return person.ask({ ...question, destination }, signal);
    },
    logsInAs(name) {
      username = name;
    },
    noting: (check) => ({
      ...check,
      verify({ algorithm, fingerprint, publicKey }, ...rest) {
        shown = { algorithm, fingerprint };
        return check.verify({ algorithm, fingerprint, publicKey }, ...rest);
      },
    }),
  };
}

/** Where a login to the target of a plan would go now. */
export async function describeTarget(dependencies: Dependencies, plan: Plan): Promise<LoginDestination> {
  const { facts, now } = await describe(dependencies, plan, plan.target, null);
  return { ...facts, hostKeys: now.hostKeys, tag: tagOf(now) };
}

/** Where a machine of a plan is now, with the keys that are pinned for it. */
export async function currentDestination(
  { entries }: Pick<Dependencies, 'entries'>,
  plan: Plan,
  hop: PlannedHop,
): Promise<Destination> {
  const { id, host, port } = hop.entry;
  const { keys, authorities } = await entries.trustedKeys(id, host, port);
  const fingerprints = [...keys, ...authorities].map(({ fingerprint }) => fingerprint);
  return destinationOf(plan, hop, fingerprints);
}

async function describe(
  dependencies: Dependencies,
  plan: Plan,
  hop: PlannedHop,
  shown: QuestionDestination['hostKey'],
) {
  const { database } = dependencies;
  const { accountId } = plan.caller;
  const entryId = hop.entry.id;
  const now = await currentDestination(dependencies, plan, hop);
  const last = await findLastLogin(database.read, { accountId, entryId });
  const jumps = hop === plan.target ? plan.jumps.map(({ entry }) => entry.id) : [];
  const recorded = await entryChanges(database.read, [entryId, ...jumps], last?.at ?? '');
  const since = { accountId, entryId, recorded, shown };
  const facts = {
    host: now.host,
    port: now.port,
    jumpHosts: now.jumpHosts ?? [],
    username: now.username,
    lastLoginAt: last?.at ?? null,
    changes: last === undefined ? changesByOthers(since) : changesSince(last.destination, now, since),
  };
  return { facts, now };
}
