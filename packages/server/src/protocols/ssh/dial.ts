import type { Step } from '@gatehouse/contract/problem';
import { startAttempt } from '../dial/attempt.ts';
import { reach } from '../dial/reach.ts';
import type { Dial } from '../protocol.ts';
import { endAll } from './connection.ts';
import { forwardBy } from './forward.ts';
import type { LoggedInHop } from './hop.ts';
import { logInToJumps } from './login.ts';
import { startLog } from './steps.ts';

/** Connects to the target, directly or through jump hosts that are logged in to over SSH. */
export const dial: Dial = async (options) => {
  const { target, egress, interaction, timeouts, signal } = options;
  const { host, port } = target.hop;
  const steps: Step[] = [];
  const jumps: LoggedInHop[] = [];
  try {
    await logInToJumps(options, steps, jumps);
    const last = jumps.at(-1)?.client;
    const way = { forward: last && forwardBy(last), egress };
    const log = startLog(steps, interaction, { hop: target.hop }, undefined);
    const attempt = startAttempt(signal, timeouts.questionMs);
    const connecting = attempt.within(timeouts.handshakeMs, () => reach({ host, port }, way, attempt, log));
    const stream = await connecting.finally(() => {
      attempt.end();
    });
    // If a jump host disconnects, the stream ends; if the stream ends, the jump hosts are not needed any more.
    for (const { closed } of jumps) void closed.then(() => stream.destroy());
    stream.once('close', () => void endAll(jumps.toReversed()));
    return stream;
  } catch (error) {
    await endAll(jumps.toReversed());
    throw error;
  }
};
