import { getEntry, updateEntry } from '@gatehouse/contract/entries';
import { createIdentity } from '@gatehouse/contract/identities';
import { call, callStrictly, exchange, problemOf } from '../../../lib/api.ts';
import type { DirectIdentity } from '../connection/typed-credentials.ts';

interface Saved {
  readonly identityId: number;
  /** False if the person may use the server but not change it. */
  readonly isLinked: boolean;
}

/** Others may change the server at the same time, more than once. */
const linkAttempts = 3;

/** Stores the typed credential as a personal identity and links it to the server, after the identities that are linked already. */
export async function saveIdentity(entryId: number, name: string, typed: DirectIdentity): Promise<Saved> {
  const { username, password, sshKey, passphrase } = typed;
  const { id } = await callStrictly(createIdentity, {
    body: {
      name,
      username,
      ...(sshKey === undefined
        ? { type: 'password' as const, ...(password === undefined ? {} : { password }) }
        : { type: 'ssh' as const, sshKey, ...(passphrase === undefined ? {} : { passphrase }) }),
    },
  });
  try {
    await link(entryId, id);
    return { identityId: id, isLinked: true };
  } catch (error) {
    if (problemOf(error)?.error === 'forbidden') return { identityId: id, isLinked: false };
    throw error;
  }
}

async function link(entryId: number, identityId: number, attemptsLeft = linkAttempts): Promise<void> {
  const params = { entryId: String(entryId) };
  const { result, etag } = await exchange(getEntry, { params });
  const body = { identities: [...result.identities, identityId] };
  try {
    await call(updateEntry, { params, body }, { headers: etag === null ? {} : { 'if-match': etag } });
  } catch (error) {
    if (problemOf(error)?.error !== 'precondition_failed' || attemptsLeft <= 1) throw error;
    await link(entryId, identityId, attemptsLeft - 1);
  }
}
