import type { Identity } from '@gatehouse/contract/identities';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';

/**
 * Since when the secrets of an identity are stored, as far as it is known: of one that was never changed, since it was made; of another, only
 * when anything about it changed last.
 */
export function useStoredSince({ createdAt, updatedAt }: Pick<Identity, 'createdAt' | 'updatedAt'>) {
  const { i18n } = useTranslation();
  return {
    key: updatedAt === createdAt ? 'storedOn' : 'storedChanged',
    day: day(updatedAt, i18n.language),
  } as const;
}
