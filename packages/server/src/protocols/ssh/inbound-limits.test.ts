import { describe, expect, test } from 'vitest';
import { LoginFailure } from './hints.ts';
import { limitInbound, type Admit } from './inbound-limits.ts';

function string(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
}

/** A global request (RFC 4254 section 4). */
function globalRequest(wantsReply: boolean): Buffer {
  return Buffer.concat([Buffer.from([80]), string('keepalive@openssh.com'), Buffer.from([wantsReply ? 1 : 0])]);
}

function limits({ authenticated = true } = {}) {
  let clockMs = 0;
  let refused = 0;
  let ignores = 0;
  const admit: Admit = limitInbound(
    {
      isAuthenticated: () => authenticated,
      method: () => 'keyboard-interactive',
      refuseGlobalRequest: () => {
        refused += 1;
      },
      sendIgnore: () => {
        ignores += 1;
      },
    },
    () => clockMs,
  );
  const times = (count: number, payload: Buffer) => {
    for (let sent = 0; sent < count; sent += 1) admit(payload);
  };
  return { admit, times, refused: () => refused, ignores: () => ignores, pass: (ms: number) => (clockMs += ms) };
}

describe('the limits on what a server sends', () => {
  test('refuses each global request that wants a reply, sends something after others, and keeps all from the library', () => {
    const { admit, refused, ignores } = limits();
    expect(admit(globalRequest(true))).toBe('drop');
    expect([refused(), ignores()]).toEqual([1, 0]);
    expect(admit(globalRequest(false))).toBe('drop');
    expect([refused(), ignores()]).toEqual([1, 1]);
  });

  test('let a server ask 20 times a second for ever, but not 201 times at once', () => {
    const { times, pass } = limits();
    for (let second = 0; second < 100; second += 1) {
      times(20, globalRequest(true));
      pass(1_000);
    }
    times(200, globalRequest(true));
    expect(() => {
      times(1, globalRequest(true));
    }).toThrow(LoginFailure);
  });

  test('let a server exchange keys once a second for ever, but not 61 times at once', () => {
    const { times, pass } = limits();
    for (let second = 0; second < 100; second += 1) {
      times(1, Buffer.from([20]));
      pass(1_000);
    }
    times(60, Buffer.from([20]));
    expect(() => {
      times(1, Buffer.from([20]));
    }).toThrow(LoginFailure);
  });

  test('count messages only before the login', () => {
    limits().times(5_000, Buffer.from([2]));
    const { times } = limits({ authenticated: false });
    times(1_000, Buffer.from([2]));
    expect(() => {
      times(1, Buffer.from([2]));
    }).toThrow('more than a login can need');
  });

  test.for([Buffer.from([80]), Buffer.from([80, 255, 255, 255, 255]), Buffer.from([98, 0]), Buffer.from([91])])(
    'leave what is cut off to the library: %o',
    (payload) => {
      expect(() => limits().admit(payload)).not.toThrow();
    },
  );
});
