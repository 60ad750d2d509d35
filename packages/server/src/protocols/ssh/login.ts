import { say } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import type { Hop, LogIn, LoginOptions } from '../protocol.ts';
import { endAll, openConnection } from './connection.ts';
import { LoginFailure } from './hints.ts';
import { logInToHop, type LoggedInHop } from './hop.ts';
import { startLog } from './steps.ts';

/** A longer chain is a mistake, or an attempt to open many connections through the gateway. */
const maxJumps = 8;

/** Logs in to the target over SSH through its jump hosts; each hop has its own host-key check and credential. */
export const logIn: LogIn = async (options) => {
  const { target, interaction, timeouts } = options;
  const steps: Step[] = [];
  const jumps: LoggedInHop[] = [];
  try {
    await logInToJumps(options, steps, jumps);
    const via = jumps.at(-1)?.client;
    const logged = await logInToHop({ hop: target.hop, via, steps, label: undefined }, options);
    return openConnection({
      jumps,
      target: logged,
      channelMs: timeouts.channelMs,
      startLog: () => startLog([...steps], interaction, { hop: target.hop }, undefined),
    });
  } catch (error) {
    await endAll(jumps.toReversed());
    throw error;
  }
};

/** Logs in to every jump host. `reached` contains those that succeeded, also if it throws; the caller ends them. */
export async function logInToJumps(options: LoginOptions, steps: Step[], reached: LoggedInHop[]): Promise<void> {
  const { jumps, hop } = options.target;
  if (jumps.length > maxJumps) await refuseLongChain(options, steps, hop);
  for (const jump of jumps) {
    const via = reached.at(-1)?.client;
    reached.push(await logInToHop({ hop: jump, via, steps, label: label(jump) }, options));
  }
}

function label({ host, port }: Hop): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

async function refuseLongChain({ interaction }: LoginOptions, steps: Step[], hop: Hop): Promise<never> {
  return startLog(steps, interaction, { hop }, undefined).run(
    'tcp',
    () =>
      Promise.reject(
        new LoginFailure({
          detail: say('way_too_long', { most: maxJumps }),
          hint: say('way_too_long_hint'),
        }),
      ),
    () => say('channel_open'),
  );
}
