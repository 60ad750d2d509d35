import { createHash } from 'node:crypto';
import type { DestinationChange, DestinationField, QuestionDestination } from '@gatehouse/contract/login-destination';
import { z } from 'zod';
import type { EntryChange } from '../../../audit/entry-changes.ts';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';

/** The destination of an entry, as stored for a login. */
export const destinationSchema = z.object({
  host: z.string(),
  port: z.int(),
  /** `host:port` in order; null if the entry was a jump host of another entry's route. */
  jumpHosts: z.array(z.string()).nullable(),
  /** The username that the entry sets, which replaces that of the identity. */
  username: z.string().nullable(),
  /** Fingerprints of the pinned keys. */
  hostKeys: z.array(z.string()),
});
export type Destination = z.output<typeof destinationSchema>;

interface Machine {
  readonly entry: Pick<ResolvedEntry, 'host' | 'port' | 'username'>;
}

interface Route {
  readonly jumps: readonly Machine[];
  readonly target: Machine;
}

/** The location of one hop; `hostKeys` are the fingerprints that are pinned for it. */
export function destinationOf(way: Route, hop: Machine, hostKeys: readonly string[]): Destination {
  const { host, port, username } = hop.entry;
  const jumpHosts = hop === way.target ? way.jumps.map(({ entry }) => whereIs(entry)) : null;
  return { host, port, jumpHosts, username: username ?? null, hostKeys: hostKeys.toSorted() };
}

/** Identifies host, port, route and username, so that a change between two requests is noticed. Host keys are checked separately. */
export function tagOf({ host, port, jumpHosts, username }: Destination): string {
  return createHash('sha256')
    .update(JSON.stringify([1, host, port, jumpHosts, username]))
    .digest('hex')
    .slice(0, 32);
}

function whereIs({ host, port }: Pick<Destination, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Further input of a comparison. */
export interface Since {
  readonly accountId: number;
  readonly entryId: number;
  /** The recorded changes of the entry and its jump hosts since the login, latest first. */
  readonly recorded: readonly EntryChange[];
  /** The host key that the server has presented, if it has. */
  readonly shown: QuestionDestination['hostKey'];
}

/** What differs from the last login, and the account that changed it last. */
export function changesSince(before: Destination, now: Destination, since: Since): DestinationChange[] {
  return differing(before, now, since.shown).map((field) => ({
    field,
    before: valuesOf(before, field),
    ...attribute(field, since),
  }));
}

/** Changes by other accounts, if there is no earlier login. Keys that were pinned first are not a change. */
export function changesByOthers(since: Since): DestinationChange[] {
  const recorded = since.recorded.filter(
    ({ accountId, action }) =>
      accountId !== since.accountId && action !== 'host-key.pin' && action !== 'host-key.remove',
  );
  return fields.flatMap((field) => {
    const who = attribute(field, { ...since, recorded });
    return who.at === null ? [] : [{ field, before: null, ...who }];
  });
}

const fields: readonly DestinationField[] = ['host', 'port', 'jumpHosts', 'username', 'hostKey'];

function differing(before: Destination, now: Destination, shown: Since['shown']): DestinationField[] {
  // A key that was trusted then is not a change, even if others were pinned since.
  const isKnownKey = shown !== null && before.hostKeys.includes(shown.fingerprint);
  return fields.filter((field) => {
    if (field === 'jumpHosts' && (before.jumpHosts === null || now.jumpHosts === null)) return false;
    if (field === 'hostKey' && isKnownKey && before.host === now.host && before.port === now.port) return false;
    return JSON.stringify(valuesOf(before, field)) !== JSON.stringify(valuesOf(now, field));
  });
}

function valuesOf(destination: Destination, field: DestinationField): string[] {
  switch (field) {
    case 'host':
      return [destination.host];
    case 'port':
      return [String(destination.port)];
    case 'jumpHosts':
      return destination.jumpHosts ?? [];
    case 'username':
      return destination.username === null ? [] : [destination.username];
    case 'hostKey':
      return destination.hostKeys;
  }
}

function attribute(
  field: DestinationField,
  { accountId, entryId, recorded }: Since,
): Pick<DestinationChange, 'by' | 'byYou' | 'at'> {
  const change = causesOf(field, entryId).flatMap((isCause) => recorded.find(isCause) ?? [])[0];
  if (change === undefined) return { by: null, byYou: false, at: null };
  return { by: change.actor, byYou: change.accountId === accountId, at: change.at };
}

type Cause = (change: EntryChange) => boolean;

/** The recorded changes that may explain a changed field, likeliest first. */
function causesOf(field: DestinationField, entryId: number): readonly Cause[] {
  const updates =
    (...names: readonly string[]): Cause =>
    (change) =>
      change.entryId === entryId && names.some((name) => change.fields.includes(`config.${name}`));
  switch (field) {
    case 'host':
      return [updates('ip')];
    case 'port':
      return [updates('port')];
    case 'username':
      return [updates('username')];
    case 'jumpHosts':
      return [updates('jumpHosts'), (change) => change.entryId !== entryId && isMove(change)];
    case 'hostKey':
      // Keys are pinned for host and port: moving an entry changes its keys, and the login that pins the next ones is not the cause.
      return [updates('ip', 'port'), (change) => change.entryId === entryId && change.action !== 'entry.update'];
  }
}

function isMove({ fields: names }: EntryChange): boolean {
  return names.includes('config.ip') || names.includes('config.port');
}
