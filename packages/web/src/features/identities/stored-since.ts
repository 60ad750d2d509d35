import type { Identity } from '@gatehouse/contract/identities';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';

type Dates = Pick<Identity, 'passwordSetAt' | 'keySetAt' | 'updatedAt'>;

/** The date since when a secret is stored. For some old ones, only the last change of the identity is known. */
export function useStoredSince(secret: 'password' | 'key', { passwordSetAt, keySetAt, updatedAt }: Dates) {
  const { i18n } = useTranslation();
  const setAt = secret === 'password' ? passwordSetAt : keySetAt;
  return {
    key: setAt === null ? 'storedChanged' : 'storedOn',
    day: day(setAt ?? updatedAt, i18n.language),
  } as const;
}

/** When the oldest of its secrets was set, as far as it is known; ISO 8601. */
export function oldestSecretOf({ passwordSetAt, keySetAt, updatedAt }: Dates): string {
  const [oldest = updatedAt] = [passwordSetAt, keySetAt].filter((setAt) => setAt !== null).sort();
  return oldest;
}
