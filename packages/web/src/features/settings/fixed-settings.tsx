import type { Setting } from '@gatehouse/contract/settings';
import { useTranslation } from 'react-i18next';
import { meaningOf } from '../../lib/messages.ts';
import { Section } from '../../ui/section.tsx';
import classes from './settings.module.css';
import { useShown } from './shown.ts';
import { SourceChip } from './source-chip.tsx';

/** The settings that are read only at startup: shown here, but not editable. */
export function FixedSettings({ settings }: { readonly settings: readonly Setting[] }) {
  const { t } = useTranslation('settings');
  return (
    <Section title={t('groups.server')} text={t('fixedText')}>
      <ul className={classes['rows']}>
        {settings.map((setting) => (
          <FixedRow key={setting.name} setting={setting} />
        ))}
      </ul>
    </Section>
  );
}

function FixedRow({ setting }: { readonly setting: Setting }) {
  const { t } = useTranslation('settings');
  const shown = useShown();
  const { name, value, default: fallback, source } = setting;
  const isSecret = value === null;
  const isDefault = source === 'default';
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <div className={classes['meaning']}>{meaningOf(setting)}</div>
        <div className={classes['detail']}>
          <code className="mono">{name}</code>
          {!isSecret && !isDefault && <span>{t('default', { value: shown.value(setting, fallback) })}</span>}
          <SourceChip setting={setting} />
        </div>
      </div>
      <div className={classes['value']} data-empty={(isSecret ? isDefault : value === '') || undefined}>
        {isSecret ? t(isDefault ? 'notSet' : 'secret') : shown.value(setting, value)}
      </div>
    </li>
  );
}
