import { createHash } from 'node:crypto';
import { listIdentities, type Identity } from '@gatehouse/contract/identities';
import type { Db } from '../../kernel/db/database.ts';
import { contentTag, digestTag } from '../../kernel/http/entity-tag.ts';
import type { LongAnswer } from '../../kernel/http/long-answer.ts';
import { joinParts, PreparedAnswer } from '../../kernel/http/prepared-answer.ts';
import type { Rights } from '../../kernel/rights.ts';
import { inSlices } from '../../kernel/slices.ts';
import { listUsable, listUsableIds, type ListFilter } from './list-repository.ts';

/** Serialized identities. */
export function shortAnswer(identities: Identity[]): PreparedAnswer {
  const bytes = Buffer.from(serialize(identities));
  return new PreparedAnswer(bytes, contentTag([bytes]));
}

/**
 * A list of any length, read and serialized in slices with other requests served in between. One statement at its beginning decides which identities
 * it contains; each is shown as it is when its slice is read, with the rights at that time, and left out if it was deleted meanwhile. An identity
 * that moves to an organization meanwhile appears once, because slices go by id.
 */
export async function makeLongList(
  db: Db,
  { accountId, rightsNow }: { readonly accountId: number; readonly rightsNow: () => Promise<Rights> },
  filter: ListFilter,
): Promise<PreparedAnswer | LongAnswer> {
  const personal: string[] = [];
  const shared: string[] = [];
  for await (const ids of inSlices(await listUsableIds(db, accountId, filter))) {
    const found = await listUsable(db, await rightsNow(), { ...filter, ids });
    for (const [isShared, texts] of [
      [false, personal],
      [true, shared],
    ] as const) {
      const some = found.filter(({ organizationId }) => (organizationId !== null) === isShared);
      // Without the brackets of the slice.
      if (some.length > 0) texts.push(serialize(some).slice(1, -1));
    }
  }
  return joined([...personal, ...shared]);
}

async function joined(texts: readonly string[]): Promise<PreparedAnswer | LongAnswer> {
  const parts: Buffer[] = [];
  const hash = createHash('sha256');
  for await (const [text] of inSlices(texts, 1)) {
    const part = Buffer.from(`${parts.length === 0 ? '[' : ','}${text}`);
    hash.update(part);
    parts.push(part);
  }
  const end = Buffer.from(parts.length === 0 ? '[]' : ']');
  return joinParts([...parts, end], digestTag(hash.update(end)));
}

function serialize(identities: Identity[]): string {
  return JSON.stringify(listIdentities.result.parse(identities));
}
