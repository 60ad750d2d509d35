import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import { AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import { connect, scan } from './connect/login.ts';
import { beginUse, type Context } from './context.ts';
import { withinRequest } from './registry/within-request.ts';

/** Every type of host key needs its own handshake. */
const scanTimeoutMs = 60_000;
const testTimeoutMs = 60_000;

/** Logs in and disconnects. A failed login is a result; if it cannot be tried, the reason is thrown. */
export function testLogin(context: Context, caller: Caller, login: { entryId: number; identityId: number }) {
  const begin = () => beginUse(context, caller, { ...login, use: 'test' });
  return withinRequest(context.registry, caller, begin, async (record, { stop }) => {
    const steps: Step[] = [];
    const signal = AbortSignal.any([stop, AbortSignal.timeout(testTimeoutMs)]);
    try {
      await using connection = await connect(context, record, { onStep: (step) => void steps.push(step), signal });
      return { ok: true, steps, ...codedFields('message', say('login_works', { method: connection.method })) };
    } catch (error) {
      if (error instanceof AppError && error.code === 'login_failed')
        return { ok: false, steps, ...codedFields('message', error.said) };
      throw error;
    }
  });
}

/** The host keys that an entry's server offers now. */
export function scanServer(context: Context, caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]> {
  const begin = () => beginUse(context, caller, { entryId, use: 'scan' });
  return withinRequest(context.registry, caller, begin, (record, { stop }) =>
    scan(context, record, AbortSignal.any([stop, AbortSignal.timeout(scanTimeoutMs)])),
  );
}
