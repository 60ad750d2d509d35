import { identityTypes, type IdentityType } from '@gatehouse/contract/identities';
import { describe, expect, it } from 'vitest';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import { Secret } from '../../vault/secret.ts';
import type { SecretSource } from './parts/part.ts';
import { parts } from './parts/parts.ts';
import { sshKeyPart } from './parts/ssh-key.ts';
import { planSecrets, refuseWarnings } from './secret-plan.ts';

interface Request {
  readonly type: IdentityType;
  readonly before?: IdentityType;
  readonly stored?: readonly SecretField[];
  readonly put?: readonly SecretField[];
  readonly clear?: readonly SecretField[];
}

const plan = ({ type, before, stored = [], put = [], clear = [] }: Request) => {
  const credential = new Map<SecretField, SecretSource>([
    ...put.map((field) => [field, { kind: 'sent', secret: Secret.fromText(field) }] as const),
    ...clear.map((field) => [field, { kind: 'none' }] as const),
  ]);
  const { write, remove, after, facts, warnings } = planSecrets(parts, {
    type,
    typeBefore: before,
    stored: new Set(stored),
    credential,
  });
  return {
    write: [...write].sort(),
    remove: [...remove].sort(),
    after: [...after].sort(),
    key: facts.get(sshKeyPart),
    warnings: warnings.map(({ path, warning }) => `${path}: ${warning}`),
  };
};

describe('the secrets over time', () => {
  it('replaces a stored secret by one that the type uses', () => {
    const done = plan({ type: 'password', before: 'password', stored: ['password'], put: ['password'] });
    expect(done).toMatchObject({ write: ['password'], remove: [], after: ['password'], warnings: [] });
  });

  it('removes the old passphrase when a new key comes without one', () => {
    const done = plan({ type: 'ssh', before: 'ssh', stored: ['sshKey', 'passphrase'], put: ['sshKey'] });
    expect(done).toMatchObject({ write: ['sshKey'], remove: ['passphrase'], after: ['sshKey'], key: 'changed' });
  });

  it('replaces both when a new key comes with its passphrase', () => {
    const stored = ['sshKey', 'passphrase'] as const;
    const done = plan({ type: 'ssh', before: 'ssh', stored, put: stored });
    expect(done).toMatchObject({ write: ['passphrase', 'sshKey'], remove: [], key: 'changed' });
  });

  it('takes a passphrase alone for the stored key', () => {
    const done = plan({ type: 'both', before: 'both', stored: ['sshKey'], put: ['passphrase'] });
    expect(done).toMatchObject({ write: ['passphrase'], after: ['passphrase', 'sshKey'], key: 'changed' });
  });

  it.each<Request>([
    { type: 'ssh', put: ['passphrase'] },
    { type: 'both', before: 'both', stored: ['password'], put: ['passphrase'] },
    { type: 'ssh', before: 'password', stored: ['password'], put: ['passphrase'] },
  ])('refuses a passphrase where no key is: %j', (request) => {
    expect(() => plan(request)).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ path: 'passphrase' })] }),
    );
  });

  it('takes "none" for what is not there without a word', () => {
    expect(plan({ type: 'ssh', before: 'ssh', clear: ['passphrase'] })).toMatchObject({ remove: [], key: 'gone' });
  });

  it('clears the passphrase of the stored key', () => {
    const done = plan({ type: 'ssh', before: 'ssh', stored: ['sshKey', 'passphrase'], clear: ['passphrase'] });
    expect(done).toMatchObject({ remove: ['passphrase'], after: ['sshKey'], key: 'changed' });
  });

  it.each<[IdentityType, IdentityType, SecretField[]]>([
    ['both', 'ssh', ['password']],
    ['both', 'password', ['passphrase', 'sshKey']],
    ['both', 'password-only', ['passphrase', 'sshKey']],
  ])('destroys on the way from %s to %s what the new type has no place for', (before, type, remove) => {
    const stored = ['password', 'sshKey', 'passphrase'] as const;
    expect(plan({ type, before, stored })).toMatchObject({ remove, warnings: [] });
  });

  it('says that the new type lacks its secret', () => {
    const done = plan({ type: 'ssh', before: 'password', stored: ['password'] });
    expect(done).toMatchObject({ remove: ['password'], warnings: ['sshKey: key_missing'] });
  });

  it.each<[IdentityType, string[]]>([
    ['password', ['password: password_missing']],
    ['ssh', ['sshKey: key_missing']],
    ['both', ['password: password_missing', 'sshKey: key_missing']],
    ['password-only', ['password: password_missing']],
  ])('says what a new identity of type %s lacks', (type, warnings) => {
    expect(plan({ type }).warnings).toEqual(warnings);
  });

  it('says nothing of what is incomplete since before and not touched', () => {
    expect(plan({ type: 'both', before: 'both', put: ['password'] }).warnings).toEqual([]);
  });

  it('stores no secret that the type has no place for, whatever the type', () => {
    for (const type of identityTypes) {
      const all = ['password', 'sshKey', 'passphrase'] as const;
      const { write, warnings } = plan({ type, put: all });
      const dropped = warnings.map((warning) => warning.split(':')[0]);
      expect([...write, ...dropped].sort()).toEqual([...all].sort());
      expect(warnings.every((warning) => warning.endsWith('secret_not_stored'))).toBe(true);
    }
  });
});

describe('strict handling', () => {
  it('refuses with one detail for each warning', () => {
    const { warnings } = planSecrets(parts, {
      type: 'both',
      typeBefore: undefined,
      stored: new Set(),
      credential: new Map(),
    });
    expect(() => {
      refuseWarnings(warnings);
    }).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: [expect.objectContaining({ path: 'password' }), expect.objectContaining({ path: 'sshKey' })],
      }),
    );
  });
});
