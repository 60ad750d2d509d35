import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { createPasswordHasher } from './hasher.ts';

const cheap = { memoryKiB: 8, passes: 1 };
const password = () => Secret.fromText('correct horse battery staple');

describe('hashing the passwords of accounts', () => {
  it('is argon2id with 64 MiB, three passes and a salt of 16 bytes, as a PHC string', async () => {
    const hash = await createPasswordHasher().run((passwords) => passwords.hash(password()));
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  it('salts: one password has many hashes', async () => {
    await createPasswordHasher(cheap).run(async (passwords) => {
      const hashes = [await passwords.hash(password()), await passwords.hash(password())];
      expect(hashes[0]).not.toBe(hashes[1]);
      for (const hash of hashes) expect(await passwords.verify(password(), hash)).toBe(true);
    });
  });

  it('finds that no password belongs to an account that does not exist', async () => {
    await createPasswordHasher(cheap).run(async (passwords) => {
      expect(await passwords.verify(password(), undefined)).toBe(false);
    });
  });

  it('knows hashes that were made with other costs', async () => {
    const hash = await createPasswordHasher(cheap).run((passwords) => passwords.hash(password()));
    const outdated = (costs: typeof cheap) =>
      createPasswordHasher(costs).run((passwords) => Promise.resolve(passwords.isOutdated(hash)));
    expect(await outdated(cheap)).toBe(false);
    expect(await outdated({ ...cheap, passes: 2 })).toBe(true);
  });

  it('lets few work at once, some wait, and sends the rest away', async () => {
    const hasher = createPasswordHasher(cheap);
    let working = 0;
    let most = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () =>
        hasher.run(async (passwords) => {
          most = Math.max(most, ++working);
          await passwords.hash(password());
          working--;
        }),
      ),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(most).toBeLessThanOrEqual(3);
    expect(refused).toHaveLength(100 - 64 - most);
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_requests', retryAfterS: 5 } });
  });

  it('gives a slot back where the work failed', async () => {
    const hasher = createPasswordHasher(cheap);
    for (let n = 0; n < 10; n++)
      await expect(hasher.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(hasher.run(() => Promise.resolve('done'))).resolves.toBe('done');
  });
});

describe('the list of common passwords', () => {
  it('is in lower case, sorted, without repetitions, and long enough', () => {
    const lines = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(3000);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines).toEqual(lines.toSorted());
    expect(lines.filter((line) => line !== line.toLowerCase())).toEqual([]);
  });
});
