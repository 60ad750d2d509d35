import type { Identity } from '@gatehouse/contract/identities';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';

/**
 * Since when the secrets of an identity are stored, as far as it is known: of one that was never changed, since it was made; of another, only
 * when anything about it changed last.
 */
export function useStoredWords({ createdAt, updatedAt }: Pick<Identity, 'createdAt' | 'updatedAt'>): string {
  const { t, i18n } = useTranslation('identities');
  return updatedAt === createdAt
    ? t('stored.on', { day: day(createdAt, i18n.language) })
    : t('stored.changed', { day: day(updatedAt, i18n.language) });
}
