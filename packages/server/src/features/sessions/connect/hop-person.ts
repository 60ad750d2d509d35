import type { LoginDestination, QuestionDestination } from '@gatehouse/contract/login-destination';
import type { Grant, GrantedHop } from '../../../access/authorize-use.ts';
import { entryChanges } from '../../../audit/entry-changes.ts';
import type { Database } from '../../../kernel/db/database.ts';
import type { Entries } from '../../inventory/service.ts';
import { changesByOthers, changesSince, destinationOf, tagOf, type Destination } from './destination.ts';
import { findLastLogin } from './last-login-repository.ts';
import type { HopPerson, Person } from './person.ts';

interface Dependencies {
  readonly database: Database;
  readonly entries: Pick<Entries, 'trustedKeys'>;
}

/** Creates the person for one hop of a grant. */
export function createHopPerson(dependencies: Dependencies, grant: Grant, hop: GrantedHop, person: Person): HopPerson {
  let username: string | undefined;
  let shown: QuestionDestination['hostKey'] = null;
  return {
    async ask(question, signal) {
      const { facts } = await describe(dependencies, grant, hop, shown);
      const destination = { ...facts, username: username ?? facts.username, hostKey: shown };
      return person.ask({ ...question, destination }, signal);
    },
    setUsername(name) {
      username = name;
    },
    observe: (check) => ({
      ...check,
      verify({ algorithm, fingerprint, publicKey }, ...rest) {
        shown = { algorithm, fingerprint };
        return check.verify({ algorithm, fingerprint, publicKey }, ...rest);
      },
    }),
  };
}

/** The destination of a login with a grant now. */
export async function describeTarget(dependencies: Dependencies, grant: Grant): Promise<LoginDestination> {
  const { facts, now } = await describe(dependencies, grant, grant.target, null);
  return { ...facts, hostKeys: now.hostKeys, tag: tagOf(now) };
}

/** The location of a hop of a grant now, with its pinned keys. */
export async function currentDestination(
  { entries }: Pick<Dependencies, 'entries'>,
  grant: Grant,
  hop: GrantedHop,
): Promise<Destination> {
  const { id, host, port } = hop.entry;
  const { keys, authorities } = await entries.trustedKeys(id, host, port);
  const fingerprints = [...keys, ...authorities].map(({ fingerprint }) => fingerprint);
  return destinationOf(grant, hop, fingerprints);
}

async function describe(
  dependencies: Dependencies,
  grant: Grant,
  hop: GrantedHop,
  shown: QuestionDestination['hostKey'],
) {
  const { database } = dependencies;
  const { accountId } = grant.caller;
  const entryId = hop.entry.id;
  const now = await currentDestination(dependencies, grant, hop);
  const last = await findLastLogin(database.read, { accountId, entryId });
  const jumps = hop === grant.target ? grant.jumps.map(({ entry }) => entry.id) : [];
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
