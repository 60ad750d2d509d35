import { putHostKeys } from '@gatehouse/contract/entry-host-keys';
import { generateKey } from '@gatehouse/contract/generated-keys';
import {
  createIdentity,
  deleteIdentity,
  testIdentity,
  updateIdentity,
  type Identity,
} from '@gatehouse/contract/identities';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, callStrictly } from '../../lib/api.ts';

export type NewIdentity = z.input<typeof createIdentity.body>;
export type IdentityPatch = z.input<typeof updateIdentity.body>;
export type GeneratedKey = z.output<typeof generateKey.result>;

/** A login fails sooner by itself: each of its steps has its own timeout. */
const testTimeoutMs = 120_000;
/** A long RSA key takes some time; the server has its own timeout. */
const generateTimeoutMs = 125_000;
/** The number of concurrent requests of a bulk action. */
const maxAtOnce = 4;

/** Secrets must not stay in the mutation cache after the form is closed. */
const forgetful = { gcTime: 0 } as const;

function pathOf(id: number) {
  return { identityId: String(id) };
}

function useRefresh() {
  const client = useQueryClient();
  return () => Promise.all(['identities', 'entries'].map((first) => client.invalidateQueries({ queryKey: [first] })));
}

/** Refreshes the lists of identities afterwards. */
export function useCreateIdentity() {
  return useMutation({
    ...forgetful,
    mutationFn: (body: NewIdentity) => callStrictly(createIdentity, { body }),
    onSuccess: useRefresh(),
  });
}

/** Changes an identity if it is still the version of `etag`; fails with `precondition_failed` if it was changed meanwhile. */
export function useUpdateIdentity(id: number, etag: string | null) {
  return useMutation({
    ...forgetful,
    mutationFn: (body: IdentityPatch) =>
      callStrictly(
        updateIdentity,
        { params: pathOf(id), body },
        { headers: etag === null ? {} : { 'if-match': etag } },
      ),
    onSuccess: useRefresh(),
  });
}

/** Generates a key on the server; returns the public key and a handle for the following save. */
export function useGenerateKey() {
  return useMutation({
    ...forgetful,
    mutationFn: (body: z.input<typeof generateKey.body>) =>
      call(generateKey, { body }, { timeoutMs: generateTimeoutMs }),
  });
}

/** The result of a bulk action. */
export interface BulkOutcome {
  readonly done: number;
  readonly failed: readonly { readonly identity: Identity; readonly error: unknown }[];
}

/** Moves identities to an organization; the result lists those that the server refuses. */
export function useMoveIdentities() {
  return useMutation({
    mutationFn: ({ identities, organizationId }: { identities: readonly Identity[]; organizationId: number }) =>
      forEachOf(identities, ({ id }) => call(updateIdentity, { params: pathOf(id), body: { organizationId } })),
    onSettled: useRefresh(),
  });
}

/** Deletes identities permanently; the result lists those that the server refuses. */
export function useDeleteIdentities() {
  return useMutation({
    mutationFn: (identities: readonly Identity[]) =>
      forEachOf(identities, ({ id }) => call(deleteIdentity, { params: pathOf(id) })),
    onSettled: useRefresh(),
  });
}

async function forEachOf(identities: readonly Identity[], act: (identity: Identity) => Promise<unknown>) {
  const waiting = [...identities];
  const failed: { identity: Identity; error: unknown }[] = [];
  async function work(): Promise<void> {
    for (let identity = waiting.shift(); identity !== undefined; identity = waiting.shift()) {
      try {
        await act(identity);
      } catch (error) {
        failed.push({ identity, error });
      }
    }
  }
  await Promise.all(Array.from({ length: maxAtOnce }, work));
  return { done: identities.length - failed.length, failed } satisfies BulkOutcome;
}

/** Tests a login to a server with an identity. */
export function useTestIdentity(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (entryId: number) =>
      call(testIdentity, { params: pathOf(id), body: { entryId } }, { timeoutMs: testTimeoutMs }),
    onSettled: () => client.invalidateQueries({ queryKey: ['identities'] }),
  });
}

/** Pins the host key of a server, replacing the pinned ones. */
export function useTrustHostKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ entryId, publicKey }: { entryId: number; publicKey: string }) =>
      call(putHostKeys, { params: { entryId: String(entryId) }, body: { keys: [publicKey] } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['entries'] }),
  });
}
