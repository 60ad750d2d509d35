import type { QueryKey, UseMutationResult } from '@tanstack/react-query';
import { answering, type Sent } from './network.ts';
import { hookOf, newClient } from './rendered.tsx';

interface Change<I, O> {
  /** The hook whose mutation runs. */
  readonly use: () => UseMutationResult<O, Error, I, never> | UseMutationResult<O, Error, I>;
  readonly input: NoInfer<I>;
  readonly answer?: (sent: Sent) => unknown;
}

interface Changed {
  /** `PATCH /api/entry/4 {"name":"web"}` of each request, in their order. */
  readonly requests: readonly string[];
  /** What is read again: first words of keys, and whole keys where not all that begin so are. */
  readonly stale: readonly string[];
  readonly result: unknown;
  readonly error: unknown;
  /** How long the cache keeps what was sent, in milliseconds; secrets are sent, so some of it must be 0. */
  readonly keptMs: number | undefined;
}

/** One of each list that the app reads. */
const keys: readonly QueryKey[] = [
  ['accounts', 'me'],
  ['accounts', 'api-keys'],
  ['accounts', 'users', ''],
  ['accounts', 'user-api-keys', 2],
  ['audit-log', 'list', {}],
  ['auth', 'sessions'],
  ['entries', 'tree'],
  ['entries', 'recent'],
  ['identities', 'list'],
  ['organizations', 'list'],
  ['organizations', 'members', 3],
  ['sessions', 'list'],
  ['settings'],
];

/** Makes a change as the app makes it; what it asked the server, and what the app then reads again. */
export async function change<I, O>({
  use,
  input,
  answer = () => ({ message: 'done' }),
}: Change<I, O>): Promise<Changed> {
  const client = newClient();
  for (const key of keys) client.setQueryData(key, 'read');
  const sent = answering(answer);
  const { mutateAsync } = hookOf(use, { client });
  const keptMs = () => client.getMutationCache().getAll().at(-1)?.options.gcTime;
  const running = mutateAsync(input);
  const kept = keptMs();
  const [outcome] = await Promise.allSettled([running]);
  const isStale = (key: QueryKey) => client.getQueryState(key)?.isInvalidated !== false;
  return {
    requests: sent.map(
      ({ method, path, body }) => `${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`,
    ),
    stale: keys.filter(isStale).map((key) =>
      key
        .slice(0, 2)
        .filter((part) => typeof part === 'string')
        .join(' '),
    ),
    result: outcome.status === 'fulfilled' ? outcome.value : undefined,
    error: outcome.status === 'rejected' ? (outcome.reason as unknown) : undefined,
    keptMs: kept,
  };
}
