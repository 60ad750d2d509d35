import { getEntry, updateEntry } from '@gatehouse/contract/entries';
import { createIdentity } from '@gatehouse/contract/identities';
import { call, callStrictly, problemOf } from '../../../lib/api.ts';
import type { DirectIdentity } from '../connection/typed-credentials.ts';

interface Saved {
  readonly identityId: number;
  /** False if the person may use the server but not change it. */
  readonly isLinked: boolean;
}

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
  const params = { entryId: String(entryId) };
  try {
    const { identities } = await call(getEntry, { params });
    await call(updateEntry, { params, body: { identities: [...identities, id] } });
    return { identityId: id, isLinked: true };
  } catch (error) {
    if (problemOf(error)?.error === 'forbidden') return { identityId: id, isLinked: false };
    throw error;
  }
}
