import { expect, it } from 'vitest';
import { comesFromThisMachine } from './this-machine.ts';

const host = '127.0.0.1:6989';

it.each([
  ['127.0.0.1', { host }],
  ['127.8.8.8', { host: 'localhost:6989' }],
  ['::1', { host: '[::1]:6989' }],
  ['::ffff:127.0.0.1', { host: 'localhost' }],
  ['127.0.0.1', { host, origin: `http://${host}` }],
])('takes %s with %j for this machine', (ip, headers) => {
  expect(comesFromThisMachine(ip, headers)).toBe(true);
});

it.each([
  ['another address', '192.0.2.1', { host }],
  ['no host', '127.0.0.1', {}],
  ['a name that was pointed here', '127.0.0.1', { host: 'attacker.example:6989' }],
  ['such a name with its own origin', '127.0.0.1', { host: 'attacker.example', origin: 'http://attacker.example' }],
  ['a page of another origin', '127.0.0.1', { host, origin: 'https://attacker.example' }],
  ['a page of another port', '127.0.0.1', { host, origin: 'http://127.0.0.1:3000' }],
  ['a page without an origin of its own', '127.0.0.1', { host, origin: 'null' }],
  ['a name that begins like an address', '127.0.0.1', { host: '127.0.0.1.attacker.example' }],
  ['Forwarded', '127.0.0.1', { host, forwarded: 'for=192.0.2.1' }],
  ['X-Forwarded-For', '127.0.0.1', { host, 'x-forwarded-for': '127.0.0.1' }],
  ['X-Forwarded-Proto', '127.0.0.1', { host, 'x-forwarded-proto': 'https' }],
  ['X-Real-IP', '127.0.0.1', { host, 'x-real-ip': '127.0.0.1' }],
  ['Via', '127.0.0.1', { host, via: '1.1 proxy' }],
])('does not take %s for this machine', (_, ip, headers) => {
  expect(comesFromThisMachine(ip, headers)).toBe(false);
});
