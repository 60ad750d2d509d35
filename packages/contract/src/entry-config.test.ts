import { describe, expect, test } from 'vitest';
import { defaultPorts, entryConfigSchema, maxJumpHosts, protocolSchema } from './entry-config.ts';
import { faultsOf, refusedFields } from './testdata/faults.ts';

const ip = 'web-1.example';

/** Objects within objects, `levels` deep. */
function nested(levels: number): object {
  return levels === 0 ? {} : { more: nested(levels - 1) };
}

describe('the configuration of a server', () => {
  test('needs a host alone, and is one for SSH at its port', () => {
    expect(entryConfigSchema.parse({ ip })).toEqual({ protocol: 'ssh', ip, port: 22 });
  });

  test.each(protocolSchema.options)('has the port of %s where none is named', (protocol) => {
    expect(entryConfigSchema.parse({ ip, protocol }).port).toBe(defaultPorts[protocol]);
    expect(entryConfigSchema.parse({ ip, protocol, port: '' }).port).toBe(defaultPorts[protocol]);
    expect(entryConfigSchema.parse({ ip, protocol, port: 2022 }).port).toBe(2022);
  });

  test.each([
    'port',
    'username',
    'hostKeyPolicy',
    'macAddress',
    'term',
    'locale',
    'backspace',
    'charset',
    'keyboardLayout',
    'notes',
  ])('takes an empty %s and null for none', (field) => {
    const none = entryConfigSchema.parse({ ip });
    expect(entryConfigSchema.parse({ ip, [field]: '' })).toEqual(none);
    expect(entryConfigSchema.parse({ ip, [field]: null })).toEqual(none);
  });

  test('keeps what it does not know', () => {
    const more = { colour: 'red', deep: { list: [1, null, { a: true }] } };
    expect(entryConfigSchema.parse({ ip, ...more })).toMatchObject(more);
  });

  test.each(['00:11:22:AA:bb:cc', '00-11-22-aa-bb-cc', '001122AABBCC'])(
    'writes the MAC address %s in one way',
    (mac) => {
      expect(entryConfigSchema.parse({ ip, macAddress: mac }).macAddress).toBe('00:11:22:aa:bb:cc');
    },
  );

  test.each(['vt100', 'xterm-256color', 'screen.xterm-256color', 'ansi77', 'rxvt+pcfkeys'])(
    'takes %s for a terminal type',
    (term) => {
      expect(entryConfigSchema.parse({ ip, term }).term).toBe(term);
    },
  );

  test.each(['C', 'POSIX', 'C.UTF-8', 'de_DE.UTF-8', 'sr_RS.UTF-8@latin', 'de_DE@euro', 'es_419'])(
    'takes %s for a locale',
    (locale) => {
      expect(entryConfigSchema.parse({ ip, locale }).locale).toBe(locale);
    },
  );

  test.each<[string, string, unknown]>([
    ['no host', 'ip', undefined],
    ['an empty host', 'ip', ''],
    ['a host with a user', 'ip', 'root@web-1.example'],
    ['a protocol that does not exist', 'protocol', 'gopher'],
    ['a port of zero', 'port', 0],
    ['a port above all ports', 'port', 65_536],
    ['a username with a line feed', 'username', 'a\nb'],
    ['a username of 256 characters', 'username', 'a'.repeat(256)],
    ['a policy that does not exist', 'hostKeyPolicy', 'trust'],
    ['a flag that is no boolean', 'legacyAlgorithms', 'true'],
    ['a terminal type that leaves its directory', 'term', '../xterm'],
    ['a terminal type with a space', 'term', 'vt 100'],
    ['a terminal type of 65 characters', 'term', 'x'.repeat(65)],
    ['a locale with a path', 'locale', '/de_DE'],
    ['a locale with a line feed', 'locale', 'C\nX'],
    ['a MAC address that is too short', 'macAddress', '00:11:22:33:44'],
    ['notes of more than 8,000 characters', 'notes', 'a'.repeat(8_001)],
    ['a jump host twice', 'jumpHosts', [1, 2, 1]],
    ['too many jump hosts', 'jumpHosts', Array.from({ length: maxJumpHosts + 1 }, (_, index) => index + 1)],
  ])('is refused with %s, at its field', (_, field, value) => {
    expect(refusedFields(entryConfigSchema, { ip, [field]: value })).toEqual([field]);
  });

  test('names the jump host that is none', () => {
    expect(refusedFields(entryConfigSchema, { ip, jumpHosts: [1, 0] })).toEqual(['jumpHosts.1']);
  });

  test('takes as many jump hosts as there may be, in their order', () => {
    const jumpHosts = Array.from({ length: maxJumpHosts }, (_, index) => maxJumpHosts - index);
    expect(entryConfigSchema.parse({ ip, jumpHosts }).jumpHosts).toEqual(jumpHosts);
  });

  test('may be nested eight levels deep and no deeper', () => {
    expect(faultsOf(entryConfigSchema, { ip, more: nested(7) })).toEqual([]);
    expect(faultsOf(entryConfigSchema, { ip, more: nested(8) })).toEqual([': must not be nested deeper than 8 levels']);
  });

  test('may have 16 KiB, counted in bytes', () => {
    const rest = JSON.stringify({ ip, more: '' }).length;
    expect(faultsOf(entryConfigSchema, { ip, more: 'a'.repeat(16 * 1024 - rest) })).toEqual([]);
    expect(faultsOf(entryConfigSchema, { ip, more: 'ä'.repeat(8 * 1024) })).toEqual([
      ': must not be larger than 16 KiB',
    ]);
  });

  test('may not name what every object has', () => {
    const parsed: unknown = JSON.parse(`{"ip":"${ip}","more":{"__proto__":{"isAdmin":true}}}`);
    expect(faultsOf(entryConfigSchema, parsed)).toEqual([': must not have a key __proto__']);
  });

  test.each([[null], [undefined], ['ssh'], [22], [[]]])('is an object, not %j', (value) => {
    expect(faultsOf(entryConfigSchema, value)).not.toEqual([]);
  });
});
