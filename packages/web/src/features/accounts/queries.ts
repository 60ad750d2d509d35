import {
  changeName,
  changePassword,
  createApiKey,
  deleteApiKey,
  getMe,
  listApiKeys,
  register,
  updatePreferences,
} from '@gatehouse/contract/accounts';
import { signIn } from '@gatehouse/contract/auth';
import {
  createUser,
  deleteUser,
  deleteUserApiKey,
  listUserApiKeys,
  listUsers,
  resetUserPassword,
  updateUser,
} from '@gatehouse/contract/users';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../lib/api.ts';
import { mergePatch, type Json } from '../../lib/merge-patch.ts';
import { preferencesSchema, type Preferences } from './preferences.ts';

export type Me = z.output<typeof getMe.result>;

/** No socket tells of accounts and what belongs to them, so that what shows them looks again so often. */
const lookAgainMs = 10_000;

/** Who is signed in; fails with `unauthenticated` where nobody is. */
export const me = queryOptions({
  queryKey: ['accounts', 'me'],
  queryFn: () => call(getMe, {}),
  // Another window may have chosen other favourites meanwhile.
  refetchOnWindowFocus: 'always',
  meta: { asksWhoIsThere: true },
});

/** Who is signed in; for screens behind the sign-in, where it is always known. */
export function useMe(): Me {
  return useSuspenseQuery(me).data;
}

/** What the person chose for this app, with a default for everything that was never chosen. */
export function usePreferences(): Preferences {
  return preferencesSchema.parse(useMe().preferences['web'] ?? {});
}

/** Changes preferences as a JSON merge patch, on the screen at once and on the server after. */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: Json) => call(updatePreferences, { body: { web: patch } }),
    onMutate: async (patch) => {
      // An answer that is still on its way does not know of the change.
      await client.cancelQueries({ queryKey: me.queryKey });
      client.setQueryData(
        me.queryKey,
        (known) =>
          known && { ...known, preferences: mergePatch(known.preferences, { web: patch }) as Me['preferences'] },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: me.queryKey }),
  });
}

/** Makes an account and signs this browser in to it. */
export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (account: z.input<typeof register.body>) => {
      await call(register, { body: account });
      await call(signIn, { body: { username: account.username, password: account.password } });
      await client.query({ ...me, staleTime: 0 });
    },
    // The variables of a mutation hold the password.
    gcTime: 0,
  });
}

/** Changes the person's own name. */
export function useChangeName() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: { firstName: string; lastName: string }) => call(changeName, { body: name }),
    onSuccess: () => client.invalidateQueries({ queryKey: me.queryKey }),
  });
}

/** Changes the person's own password, which ends all other sign-ins. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changePassword.body>) => call(changePassword, { body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['auth'] }),
        client.invalidateQueries({ queryKey: apiKeys.queryKey }),
      ]),
    gcTime: 0,
  });
}

export type ApiKey = z.output<typeof listApiKeys.result>[number];

/** The person's own API keys; their last use changes without anybody telling. */
export const apiKeys = queryOptions({
  queryKey: ['accounts', 'api-keys'],
  queryFn: () => call(listApiKeys, {}),
  staleTime: 0,
  refetchInterval: lookAgainMs,
});

/** Makes an API key. The answer holds its token, so that nothing keeps it longer than it shows. */
export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createApiKey.body>) => call(createApiKey, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeys.queryKey }),
    gcTime: 0,
  });
}

/** Deletes an API key, which ends at once. */
export function useDeleteApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteApiKey, { params: { id: String(id) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeys.queryKey }),
  });
}

export type User = z.output<typeof listUsers.result>['users'][number];

const usersPerPage = 100;

/** The accounts of the server, page by page; for administrators. */
export const userPages = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['accounts', 'users', search],
    queryFn: ({ pageParam }) =>
      call(listUsers, { query: { limit: usersPerPage, offset: pageParam, ...(search === '' ? {} : { search }) } }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, _, offset) => (offset + usersPerPage < total ? offset + usersPerPage : undefined),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: lookAgainMs,
  });

/** Makes an account for somebody. */
export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createUser.body>) => call(createUser, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'users'] }),
    gcTime: 0,
  });
}

/** Disables an account or makes it an administrator, or undoes that. */
export function useUpdateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; disabled?: boolean; isAdmin?: boolean }) =>
      call(updateUser, { params: { id: String(id) }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
}

/** Sets the password of somebody, whose sign-ins end. */
export function useResetPassword() {
  return useMutation({
    mutationFn: ({ id, password }: { id: number; password: string }) =>
      call(resetUserPassword, { params: { id: String(id) }, body: { password } }),
    gcTime: 0,
  });
}

/** Deletes an account with what is its own. */
export function useDeleteUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteUser, { params: { id: String(id) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'users'] }),
  });
}

/** The API keys of an account; for administrators. */
export const userApiKeys = (userId: number) =>
  queryOptions({
    queryKey: ['accounts', 'user-api-keys', userId],
    queryFn: () => call(listUserApiKeys, { params: { id: String(userId) } }),
    staleTime: 0,
    refetchInterval: lookAgainMs,
  });

/** Deletes an API key of an account, which ends at once. */
export function useDeleteUserApiKey(userId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keyId: number) => call(deleteUserApiKey, { params: { id: String(userId), keyId: String(keyId) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
}
