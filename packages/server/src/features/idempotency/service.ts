import { z } from 'zod';
import { systemActor } from '../../audit/actor.ts';
import type { Change } from '../../change/change.ts';
import { refuse, type AppError } from '../../kernel/app-error.ts';
import { deleteInBatches } from '../../kernel/db/delete-in-batches.ts';
import type { Idempotency, KeptAnswer, RepeatableRequest } from '../../kernel/http/idempotency.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { Vault } from '../../vault/vault.ts';
import {
  countRequests,
  deleteExpired,
  deleteRequest,
  findRequest,
  finishRequest,
  insertRequest,
} from './repository.ts';

const hourMs = 3_600_000;
const keptForMs = 24 * hourMs;
/** How often expired requests are deleted. Until then they are ignored. */
const deleteEveryMs = hourMs;
const maxPerAccount = 5_000;
/** Larger answers are not stored; answers of changes are smaller. */
const maxAnswerCharacters = 16 * 1024;

const keptAnswer = z.object({ body: z.string(), headers: z.record(z.string(), z.string()) });

interface Options {
  readonly change: Change;
  readonly vault: Pick<Vault, 'mac'>;
}

/**
 * Stores requests in the database, so that a repetition is recognized after a restart and on another node. Of key and content, which may contain a
 * password, only keyed hashes are stored.
 */
export function createIdempotency({ change, vault }: Options): Idempotency & { readonly jobs: readonly Job[] } {
  const keyOf = ({ caller, key }: RepeatableRequest) => ({
    accountId: caller.accountId,
    keyMac: vault.mac('idempotency-key', Buffer.from(key)),
  });
  const macOf = ({ operationId, content }: RepeatableRequest) =>
    vault.mac('idempotent-request', Buffer.from(JSON.stringify([operationId, content])));

  const deleteOld = (signal: AbortSignal) =>
    deleteInBatches(signal, (atMost) => change.by(systemActor, ({ trx, now }) => deleteExpired(trx, now, atMost)));

  return {
    jobs: [{ name: 'idempotency.delete-expired', everyMs: deleteEveryMs, scope: 'cluster', run: deleteOld }],
    begin(request) {
      const key = keyOf(request);
      const requestMac = macOf(request);
      return change(request.caller, async ({ trx, now }) => {
        const known = await findRequest(trx, key, now);
        if (known !== undefined) return answerOf(known, requestMac);
        if ((await countRequests(trx, key.accountId, now)) >= maxPerAccount) throw tooMany();
        const expiresAt = new Date(Date.parse(now) + keptForMs).toISOString();
        await insertRequest(trx, { ...key, requestMac, expiresAt });
        return undefined;
      });
    },
    finish(request, answer) {
      const text = answer === undefined ? null : JSON.stringify(answer);
      const kept = text !== null && text.length <= maxAnswerCharacters ? text : null;
      return change(request.caller, ({ trx }) => finishRequest(trx, { ...keyOf(request), answer: kept }));
    },
    forget: (request) => change(request.caller, ({ trx }) => deleteRequest(trx, keyOf(request))),
  };
}

type KnownRequest = NonNullable<Awaited<ReturnType<typeof findRequest>>>;

function answerOf({ request_mac, state, answer }: KnownRequest, requestMac: Buffer): KeptAnswer {
  if (!requestMac.equals(request_mac)) throw refuse('idempotency_key_reused');
  if (state === 'begun') throw refuse('idempotent_request_unfinished');
  if (answer === null) throw refuse('idempotent_answer_not_kept');
  return keptAnswer.parse(JSON.parse(answer));
}

function tooMany(): AppError {
  return refuse('idempotency_keys_used_up', { number: maxPerAccount }, { retryAfterS: 3_600 });
}
