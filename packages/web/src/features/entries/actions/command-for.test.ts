import { describe, expect, test } from 'vitest';
import { identity, server, sshConfig } from '../../../../test/rendering/samples.ts';
import { indexOf } from '../tree-index.ts';
import { commandFor, usernameOf } from './command-for.ts';

const identities = [
  identity(1, { username: 'deploy' }),
  identity(2, { username: null }),
  identity(3, { username: 'root' }),
];
const gate = server(8, { ip: 'gate.example', identities: [3] });
const inner = server(7, { ip: '10.0.0.7', config: { ...sshConfig({ username: 'hop' }), port: 2222 } });

describe('the username of a server', () => {
  test('is its own, before that of its identity', () => {
    expect(usernameOf(identities, server(1, { identities: [1], config: sshConfig({ username: 'ada' }) }))).toBe('ada');
    expect(usernameOf(identities, server(1, { identities: [1] }))).toBe('deploy');
  });

  test('is that of the first identity only, as a login would use it', () => {
    expect(usernameOf(identities, server(1, { identities: [3, 1] }))).toBe('root');
    expect(usernameOf(identities, server(1, { identities: [2, 1] }))).toBeUndefined();
  });

  test('is unknown without an identity, and for one that is not visible', () => {
    expect(usernameOf(identities, server(1))).toBeUndefined();
    expect(usernameOf(identities, server(1, { identities: [99] }))).toBeUndefined();
  });
});

describe('the ssh command of a server', () => {
  const command = (facts: Parameters<typeof server>[1]) => {
    const entry = server(1, facts);
    return commandFor(indexOf([entry, gate, inner]), identities, entry);
  };

  test('has username and address; a port only if it is not 22', () => {
    expect(command({ identities: [1] })).toBe('ssh deploy@10.0.0.1');
    expect(command({ config: { ...sshConfig({}), port: 2222 }, ip: '10.0.0.9' })).toBe('ssh -p 2222 10.0.0.9');
  });

  test('goes through the jump hosts in their order, each with its own user and port', () => {
    const config = sshConfig({ jumpHosts: [8, 7] });
    expect(command({ ip: '10.0.0.9', identities: [1], config })).toBe(
      'ssh -J root@gate.example,hop@10.0.0.7:2222 deploy@10.0.0.9',
    );
  });

  test('leaves out a jump host that the person does not see', () => {
    expect(command({ ip: '10.0.0.9', config: sshConfig({ jumpHosts: [99, 8] }) })).toBe(
      'ssh -J root@gate.example 10.0.0.9',
    );
  });
});
