import { Agent } from 'node:http';
import { problemSchema } from '@gatehouse/contract/problem';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { createRequestMaker, describedOperations, type Described } from './malformed-requests.ts';
import { createRandom } from './random.ts';
import { administrator, administratorLogin, startProcess } from './server-process.ts';
import { callJson, send, type WireAnswer, type WireRequest } from './wire.ts';

const requests = 20_000;
const inFlight = 16;
const seed = Number(process.env['TEST_SEED'] ?? '20260102');
const deadToken = '0'.repeat(96);

/** What says that something else did not answer, or that there is too much to do; the operation must declare it. */
const declaredFailures = ['unavailable', 'login_failed', 'timed_out'];

function fault({ responses }: Described, answer: WireAnswer, { method }: WireRequest): string | undefined {
  if (answer.status < 400 || method === 'HEAD') return undefined;
  const problem = answer.contentType.startsWith('application/json')
    ? problemSchema.safeParse(JSON.parse(answer.text)).data
    : undefined;
  if (problem === undefined) return 'not a problem';
  if (answer.status < 500) return undefined;
  return declaredFailures.includes(problem.error) && responses.includes(String(answer.status))
    ? undefined
    : problem.error;
}

test('twenty thousand malformed requests get no answer from 500 on, and the server lives', async () => {
  using directory = temporaryDirectory();
  await using server = await startProcess(directory.path, administrator);
  const signIn = async () => {
    const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
    return String(Reflect.get(login.body as object, 'token'));
  };
  // Several, because some of the requests end the session that they come from.
  const tokens = [await signIn(), await signIn(), await signIn(), await signIn(), deadToken];
  const document = await callJson(server.url, { method: 'GET', path: '/api/openapi.json' });
  // Making RSA keys and hashing passwords would be all that the time goes into.
  const slow = [
    'identities.generateKey',
    'account.register',
    'user.create',
    'account.changePassword',
    'user.resetPassword',
  ];
  const operations = describedOperations(document.body);
  const quick = operations.filter(({ id }) => !slow.includes(id));
  const make = createRequestMaker([...quick, ...quick, ...quick, ...operations], createRandom(seed), tokens);
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const faults: string[] = [];
  const statuses = new Map<number, number>();
  let left = requests;
  const work = async () => {
    while (left-- > 0 && server.isAlive()) {
      const { operation, request } = make();
      const answer = await send(server.url, { ...request, agent });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const wrong = fault(operation, answer, request);
      if (wrong !== undefined)
        faults.push(
          `${wrong}: ${request.method} ${request.path} ${String(request.body)} -> ${answer.status} ${answer.text}`.slice(
            0,
            1_000,
          ),
        );
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  agent.destroy();

  expect(faults.slice(0, 10), `seed ${seed}`).toEqual([]);
  expect(server.isAlive()).toBe(true);
  expect(await callJson(server.url, { method: 'GET', path: '/readyz' })).toMatchObject({ status: 200 });
  // Most are refused for what they say; if none got further, the requests would be too wrong to find anything.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(requests / 50);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(requests / 10);
  expect(await server.stop()).toBe(0);
}, 300_000);
