import type { Setting, SettingValue } from '@gatehouse/contract/settings';
import { useTranslation } from 'react-i18next';

interface Shown {
  readonly value: (setting: Setting, value: SettingValue | null) => string;
  /** The least and the greatest number, where there are bounds. */
  readonly bounds: (setting: Setting) => string | undefined;
}

/** Formats the value of a setting, with its unit. */
export function useShown(): Shown {
  const { t, i18n } = useTranslation('settings');
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  return {
    value({ name, kind }, value) {
      if (typeof value === 'boolean') return value ? t('on') : t('off');
      if (value === null || value === '') return t('empty');
      if (kind !== 'number') return String(value);
      const unit = unitOf(name);
      if (unit === undefined) return name === 'PORT' ? String(value) : number(Number(value));
      return new Intl.NumberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(value));
    },
    bounds({ minimum, maximum }) {
      if (minimum === undefined || maximum === undefined) return undefined;
      return t('bounds', { least: number(minimum), most: number(maximum) });
    },
  };
}

/** The unit is the last word of the name. */
function unitOf(name: string): 'hour' | 'minute' | undefined {
  if (name.endsWith('_HOURS')) return 'hour';
  return name.endsWith('_MINUTES') ? 'minute' : undefined;
}
