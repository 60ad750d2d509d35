import type { AuditRecord } from '../../audit/record.ts';
import type { Change } from '../../change/change.ts';
import { refuse } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Passwords } from '../../vault/passwords/hasher.ts';
import type { Secret } from '../../vault/secret.ts';
import type { CountedAttempt, Limiter } from './limiter.ts';
import type { SignInAccount } from './repository.ts';

interface Dependencies {
  readonly change: Change;
  readonly limiter: Limiter;
}

/** The action for which a password is repeated. */
type Attempt = AuditRecord<'account.password', 'failed'> | AuditRecord<'api-key.create', 'failed'>;

interface Confirmation {
  readonly caller: Caller;
  readonly account: SignInAccount;
  /** Undefined if the request has none. */
  readonly currentPassword: Secret | undefined;
  readonly passwords: Passwords;
  /** The action that is recorded if the password is wrong. */
  readonly attempt: Omit<Attempt, 'outcome' | 'details'>;
}

/**
 * Checks the password that a signed-in caller repeats, because a stolen sign-in must not be enough. Throws `invalid_credentials` if it is missing or
 * wrong (a wrong one is counted and recorded), and `too_many_requests`. The caller gives the counted attempt back.
 */
export async function confirmPassword(
  { change, limiter }: Dependencies,
  { caller, account, currentPassword, passwords, attempt }: Confirmation,
): Promise<CountedAttempt> {
  if (currentPassword === undefined) throw refuse('current_password_missing');
  const counted = await limiter.countPassword(account.id);
  if (await passwords.verify(currentPassword, account.password_hash)) return counted;
  const { rateLimit, blocks } = limiter.statusOf(counted);
  const details = { reason: 'wrong-password', ...(blocks && { blocks }) } as const;
  await change(caller, ({ record }) => record({ ...attempt, outcome: 'failed', details }));
  throw refuse('current_password_wrong', { rateLimit });
}
