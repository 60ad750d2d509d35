import { describe, expect, test } from 'vitest';
import { folder, identity, organizationNode, server, sshConfig } from '../../../test/rendering/samples.ts';
import { commandFor, usernameOf } from './actions/command-for.ts';
import { parseQuickAddress } from './address.ts';
import { jumpIds, matchAddress } from './match-address.ts';
import { indexOf } from './tree-index.ts';

const identities = [identity(1, { username: 'deploy' }), identity(2, { username: null }), identity(3)];
const gate = server(10, { name: 'gate', ip: '192.0.2.1', identities: [1] });
const inner = server(11, { name: 'inner', ip: '192.0.2.2', config: sshConfig({ jumpHosts: [10] }) });
const plain = server(20, { name: 'Db', ip: '10.0.4.11', identities: [1] });
const asRoot = server(21, { name: 'db-root', ip: '10.0.4.11', config: sshConfig({ username: 'root' }) });
const otherPort = server(22, { name: 'db-2222', ip: '10.0.4.11', config: sshConfig({ port: 2222 }) });
const behind = server(23, {
  name: 'db-behind',
  ip: '10.0.4.12',
  identities: [2],
  config: sshConfig({ jumpHosts: [10, 11] }),
});
const desktop = server(24, { name: 'desk', ip: '10.0.4.13', protocol: 'rdp' });
const named = server(25, { name: '10.9.9.9', ip: 'elsewhere.example.org' });
const index = indexOf([
  gate,
  inner,
  folder(1, [plain, asRoot, otherPort, behind, desktop]),
  organizationNode(7, 'Ops', [named]),
]);

function found(text: string): number | undefined {
  const address = parseQuickAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return matchAddress(index, identities, address)?.id;
}

describe('matchAddress', () => {
  test.each([
    // The host alone: whatever the login is for, at the usual port.
    ['10.0.4.11', 20],
    ['10.0.4.11:22', 20],
    ['10.0.4.11:2222', 22],
    ['10.0.4.11:2223', undefined],
    // With a user: only what logs in as that one.
    ['deploy@10.0.4.11', 20],
    ['root@10.0.4.11', 21],
    ['postgres@10.0.4.11', undefined],
    ['Deploy@10.0.4.11', undefined],
    // An identity without a user name is for nobody in particular.
    ['deploy@10.0.4.12', undefined],
    // A name of a server, in any case, with its own port or none.
    ['db', 20],
    ['DB', 20],
    ['db-2222', 22],
    ['db-2222:2222', 22],
    ['db-2222:22', undefined],
    ['root@db-root', 21],
    ['deploy@db-root', undefined],
    // Only where nothing has it as an address.
    ['10.9.9.9', 25],
    // What is no SSH server is not logged in to.
    ['desk', undefined],
    ['10.0.4.13', undefined],
    ['nowhere', undefined],
  ])('%s means %s', (text, id) => {
    expect(found(text)).toBe(id);
  });

  test.each([
    ['ssh -J gate,inner db-behind', 23],
    ['ssh -J 192.0.2.1,192.0.2.2 10.0.4.12', 23],
    // Another order, one too few, one that is not known: another way.
    ['ssh -J inner,gate db-behind', undefined],
    ['ssh -J gate db-behind', undefined],
    ['ssh -J gate,unknown db-behind', undefined],
    // A server that is reached directly is not the one behind the jump host.
    ['ssh -J gate db', undefined],
    // Nothing said of the way: any.
    ['db-behind', 23],
  ])('%s means %s by its way', (text, id) => {
    expect(found(text)).toBe(id);
  });

  test('an address wins over a name that reads like it', () => {
    const both = indexOf([server(1, { name: '10.0.0.2' }), server(2)]);
    expect(matchAddress(both, [], { host: '10.0.0.2', port: undefined, username: undefined, jumps: [] })?.id).toBe(2);
  });
});

describe('jumpIds', () => {
  const jump = (host: string, port?: number) => ({ host, port, username: undefined });

  test('names the servers in the order of the way', () => {
    expect(jumpIds(index, [jump('inner'), jump('192.0.2.1', 22)])).toEqual([11, 10]);
    expect(jumpIds(index, [])).toEqual([]);
  });

  test('there are none where one of them is no server yet', () => {
    expect(jumpIds(index, [jump('gate'), jump('gate', 2200)])).toBeUndefined();
  });
});

describe('the user of a login', () => {
  test('is the server’s own, else that of its first identity', () => {
    expect(usernameOf(identities, asRoot)).toBe('root');
    expect(usernameOf(identities, plain)).toBe('deploy');
    expect(usernameOf(identities, behind)).toBeUndefined();
    expect(usernameOf(identities, gate)).toBe('deploy');
    expect(usernameOf([], plain)).toBeUndefined();
  });

  test('the command goes the way and as the users that Gatehouse would', () => {
    expect(commandFor(index, identities, behind)).toBe('ssh -J deploy@192.0.2.1,192.0.2.2 10.0.4.12');
    expect(commandFor(index, identities, otherPort)).toBe('ssh -p 2222 10.0.4.11');
  });

  test('the command leaves out a jump host that the person does not see', () => {
    const lost = server(30, { config: sshConfig({ jumpHosts: [99, 10] }) });
    expect(commandFor(index, identities, lost)).toBe('ssh -J deploy@192.0.2.1 10.0.0.30');
  });
});
