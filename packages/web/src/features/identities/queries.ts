import { listEntries } from '@gatehouse/contract/entries';
import { getIdentity, identityUsage, listIdentities, type Identity } from '@gatehouse/contract/identities';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, exchange } from '../../lib/api.ts';

/** Every identity that the person can use: their own first, then those of their organizations. */
export const identityList = queryOptions({
  queryKey: ['identities', 'list'],
  queryFn: () => call(listIdentities, {}),
});

/** An identity and the entity tag of its version. */
export interface StoredIdentity {
  readonly result: Identity;
  readonly etag: string | null;
}

/** One identity with its entity tag, for its form. */
export const identityOf = (identityId: number) =>
  queryOptions({
    queryKey: ['identities', 'one', identityId],
    // A form starts with the current state, not with a cached one.
    gcTime: 0,
    queryFn: (): Promise<StoredIdentity> => exchange(getIdentity, { params: { identityId: String(identityId) } }),
  });

/** Which servers refer to an identity, and how the last login went. */
export const usageOf = (identityId: number) =>
  queryOptions({
    queryKey: ['identities', 'usage', identityId],
    queryFn: () => call(identityUsage, { params: { identityId: String(identityId) } }),
  });

const choices = 50;

/** Servers whose name or address contains the text. */
export const serverChoices = (search: string) =>
  queryOptions({
    queryKey: ['entries', 'choices', search],
    queryFn: async () => {
      const query = { flat: 'true', limit: choices, ...(search === '' ? {} : { search }) } as const;
      const found = await call(listEntries, { query });
      return Array.isArray(found) ? [] : found.entries;
    },
    placeholderData: keepPreviousData,
  });
