import { parseArgs } from 'node:util';
import { run } from './child-process.mjs';
import { Stop } from './stop.mjs';
import { prepareMachine } from './test-machine.mjs';
import { toolScript } from './tool.mjs';

const usage = `Usage: npm run fuzz -- [--requests N] [--frames N] [--keys N] [--seed N] [--case N]
  --requests  malformed HTTP requests (100000)
  --frames    malformed WebSocket frames, of terminals and of the socket for changes (20000)
  --keys      damaged private keys (100000)
  --seed      what is random depends on; by default the time
  --case      runs one request or socket of the seed again, by the number that a failure has told`;

const files = [
  'packages/server/test/attacks/malformed-http.test.ts',
  'packages/server/test/attacks/malformed-frames.test.ts',
  'packages/server/src/vault/keys/mutation.test.ts',
];
/** The seed is an unsigned number of 32 bits. */
const seeds = 2 ** 32;

/** Turns the arguments into what the tests read; throws `Stop` for wrong ones. */
export function fuzzSettings(args, now = Date.now()) {
  const option = { type: 'string' };
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: { requests: option, frames: option, keys: option, seed: option, case: option },
    }));
  } catch {
    throw new Stop(usage, 2);
  }
  if (Object.values(values).some((value) => !/^\d{1,9}$|^[1-3]\d{9}$/.test(value))) throw new Stop(usage, 2);
  return {
    FUZZ_REQUESTS: values.requests ?? '100000',
    FUZZ_FRAMES: values.frames ?? '20000',
    FUZZ_KEYS: values.keys ?? '100000',
    FUZZ_SEED: values.seed ?? String(now % seeds),
    ...(values.case === undefined ? {} : { FUZZ_CASE: values.case }),
  };
}

/** Sends malformed requests, frames and keys for as long as was asked for; resolves to the exit code. */
export async function fuzz({ node, args, environment }) {
  const settings = fuzzSettings(args);
  await prepareMachine(environment);
  console.log(`Seed ${settings.FUZZ_SEED}`);
  return run(node, [toolScript('vitest'), 'run', '--project', 'flow', '--project', 'unit', ...files], {
    env: { ...environment, ...settings },
  });
}
