import type { Identity } from '@gatehouse/contract/identities';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';

/** Since when a secret of an identity is stored. Of some old ones that is not known, only when anything about the identity changed last. */
export function useStoredSince(secret: 'password' | 'key', { passwordSetAt, keySetAt, updatedAt }: Identity) {
  const { i18n } = useTranslation();
  const setAt = secret === 'password' ? passwordSetAt : keySetAt;
  return {
    key: setAt === null ? 'storedChanged' : 'storedOn',
    day: day(setAt ?? updatedAt, i18n.language),
  } as const;
}
