import { Agent } from 'node:http';
import { problemSchema } from '@gatehouse/contract/problem';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { fuzz, randomOfCase, replayOf } from './fuzz-settings.ts';
import { createRequestMaker, describedOperations, type Described } from './malformed-requests.ts';
import { administrator, administratorLogin, startProcess } from './server-process.ts';
import { observed, watchVitalSigns } from './vital-signs.ts';
import { callJson, send, type WireAnswer, type WireRequest } from './wire.ts';

const inFlight = 16;
/** For each request, on a machine that does much else. */
const patienceMs = 50;
/** After so many, what is loaded once is loaded, and compiled what is called often. */
const warmUp = 500;
const deadToken = '0'.repeat(96);

/** Making RSA keys and hashing passwords would be all that the time goes into. */
const slow: readonly string[] = [
  'identities.generateKey',
  'account.register',
  'user.create',
  'account.changePassword',
  'user.resetPassword',
];

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

test(
  `${fuzz.requests} malformed requests get no answer from 500 on, and the server lives`,
  { timeout: 120_000 + fuzz.requests * patienceMs },
  async () => {
    using directory = temporaryDirectory();
    using signs = temporaryDirectory();
    await using server = await startProcess(directory.path, { ...administrator, ...observed(signs.path) });
    const make = await requestMaker(server.url);
    const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const run = async (cases: number[]) => {
      const work = async () => {
        for (let number = cases.shift(); number !== undefined && server.isAlive(); number = cases.shift()) {
          const { operation, request } = make(number);
          const answer = await send(server.url, { ...request, agent });
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const wrong = fault(operation, answer, request);
          if (wrong !== undefined) faults.push(described(number, wrong, request, answer));
        }
      };
      await Promise.all(Array.from({ length: inFlight }, work));
    };
    const cases = [...fuzz.cases(fuzz.requests)];
    await run(cases.splice(0, warmUp));
    const vitalSigns = await watchVitalSigns(server, signs.path);
    await run(cases);
    agent.destroy();

    expect(faults.slice(0, 10), `seed ${fuzz.seed}`).toEqual([]);
    expect(await vitalSigns.faults(), `seed ${fuzz.seed}`).toEqual([]);
    expect(server.isAlive(), server.stderr()).toBe(true);
    expect(await callJson(server.url, { method: 'GET', path: '/readyz' })).toMatchObject({ status: 200 });
    if (fuzz.isReplay) return;
    // Most are refused for what they say; if none got further, the requests would be too wrong to find anything.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(fuzz.requests / 50);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(fuzz.requests / 10);
    expect(await server.stop()).toBe(0);
  },
);

/** Makes the request of a case. */
async function requestMaker(url: string) {
  const signIn = async () => {
    const login = await callJson(url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
    return String(Reflect.get(login.body as object, 'token'));
  };
  // Several, because some of the requests end the session that they come from.
  const tokens = [await signIn(), await signIn(), await signIn(), await signIn(), deadToken];
  const document = await callJson(url, { method: 'GET', path: '/api/openapi.json' });
  const operations = describedOperations(document.body);
  const quick = operations.filter(({ id }) => !slow.includes(id));
  const weighted = [...quick, ...quick, ...quick, ...operations];
  return (number: number) => createRequestMaker(weighted, randomOfCase(fuzz.seed, number), tokens)();
}

function described(number: number, wrong: string, { method, path, body }: WireRequest, answer: WireAnswer): string {
  const asked = `${method} ${path} ${String(body)} -> ${answer.status} ${answer.text}`;
  return `${replayOf(fuzz.seed, number)}: ${wrong}: ${asked}`.slice(0, 1_000);
}
