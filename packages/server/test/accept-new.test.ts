import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from './harness/gatehouse.ts';
import { auditOf, exec } from './sessions/servers.ts';
import { build, choose, confirm, isSuspended, organize, scene } from './sessions/shared-server.ts';
import type { Kind, Who, World } from './sessions/shared-server.ts';

const people: readonly Who[] = ['manager', 'member', 'key'];
const kinds: readonly Kind[] = ['password', 'ssh', 'both'];
/** What a first login under `accept-new` gives away, and what stays of the confirmation afterwards. */
interface Outcome {
  readonly sent: readonly string[];
  readonly suspended: boolean;
}

/** The table of docs/decisions/0015-accept-new.md. */
function expected(chosenBy: Who, kind: Kind): Outcome {
  if (chosenBy === 'manager') return { sent: [kind === 'password' ? 'password' : 'publickey'], suspended: false };
  return kind === 'ssh' ? { sent: ['publickey'], suspended: false } : { sent: [], suspended: true };
}

const firstLogins = [
  ...people.flatMap((chosenBy) =>
    people.flatMap((first) => kinds.map((kind) => ({ chosenBy, first, kind, level: 'server' as const }))),
  ),
  ...people.flatMap((chosenBy) =>
    (['folder', 'organization'] as const).map((level) => ({
      chosenBy,
      first: 'member' as const,
      kind: 'password' as const,
      level,
    })),
  ),
];

describe.each(engines)('accept-new on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await build(engine);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.for(firstLogins)(
    'chosen by the $chosenBy for the $level, first login by the $first with $kind',
    async ({ chosenBy, first, kind, level }) => {
      const { manager, member } = world.who;
      const own = level === 'organization' ? await organize(manager, member) : undefined;
      const at = await scene(world, kind, own);
      await choose(world, chosenBy, at, { level });
      const { sent, suspended } = expected(chosenBy, kind);

      const answer = await exec(world.who[first], at.entryId, 'true');
      expect(answer.at('error')).toBe(suspended ? 'link_suspended' : undefined);
      expect(new Set(at.sent())).toEqual(new Set(sent));
      expect(await isSuspended(world, at)).toBe(suspended);
      const pins = await auditOf(manager, 'host-key.pin', at.organizationId);
      const pinned = pins.find(({ resourceId }) => resourceId === at.entryId);
      const became = chosenBy === 'manager' ? 'confirmed' : 'keysOnly';
      expect(pinned?.details).toMatchObject({
        sources: ['accept-new'],
        pinned: [expect.stringMatching(/^SHA256:/)],
        policyChosenBy: [world.who[chosenBy].id],
        [became]: [at.identityId],
      });

      if (suspended) await confirm(world, at);
      expect((await exec(member, at.entryId, 'true')).status).toBe(200);
    },
  );
});
