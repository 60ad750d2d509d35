import type { Setting } from '@gatehouse/contract/settings';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';

interface SourceChipProps {
  readonly setting: Setting;
  readonly isUnsaved?: boolean;
}

/** The source of a setting's value; renders nothing for a default. */
export function SourceChip({ setting: { source }, isUnsaved = false }: SourceChipProps) {
  const { t } = useTranslation('settings');
  if (isUnsaved) return <Chip tone="accent">{t('unsaved')}</Chip>;
  if (source === 'default') return null;
  return <Chip tone={source === 'table' ? 'neutral' : 'warn'}>{t(`sources.${source}`)}</Chip>;
}
