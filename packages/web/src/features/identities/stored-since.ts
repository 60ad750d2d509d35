import type { Identity } from '@gatehouse/contract/identities';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';

type Dates = Pick<Identity, 'passwordSetAt' | 'keySetAt' | 'updatedAt'>;

/** Since when a secret of an identity is stored. Of some old ones that is not known, only when anything about the identity changed last. */
export function useStoredSince(secret: 'password' | 'key', { passwordSetAt, keySetAt, updatedAt }: Dates) {
  const { i18n } = useTranslation();
  const setAt = secret === 'password' ? passwordSetAt : keySetAt;
  return {
    key: setAt === null ? 'storedChanged' : 'storedOn',
    day: day(setAt ?? updatedAt, i18n.language),
  } as const;
}

/** When the older one of its secrets was set, as far as it is known; ISO 8601. */
export function oldestSecretOf({ passwordSetAt, keySetAt, updatedAt }: Dates): string {
  const [oldest = updatedAt] = [passwordSetAt, keySetAt].filter((setAt) => setAt !== null).sort();
  return oldest;
}
