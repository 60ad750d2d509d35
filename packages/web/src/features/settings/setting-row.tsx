import { ActionIcon, Tooltip } from '@mantine/core';
import type { Setting } from '@gatehouse/contract/settings';
import { IconRestore } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { meaningOf } from '../../lib/messages.ts';
import { isAtDefault, shownIn, type UnsavedValue } from './unsaved-values.ts';
import { SettingField } from './setting-field.tsx';
import classes from './settings.module.css';
import { useShown } from './shown.ts';
import { SourceChip } from './source-chip.tsx';

interface SettingRowProps {
  readonly setting: Setting;
  /** Undefined without an unsaved value. */
  readonly unsaved: UnsavedValue | undefined;
  readonly error: string | undefined;
  readonly onChange: (unsaved: UnsavedValue) => void;
}

/** One setting: its meaning, its name, its default, where its value comes from, and its field, or its value where that is fixed. */
export function SettingRow({ setting, unsaved, error, onChange }: SettingRowProps) {
  const { t } = useTranslation('settings');
  const shown = useShown();
  const id = useId();
  const { name, kind, fixed } = setting;
  return (
    <li
      className={classes['row']}
      data-wide={(kind === 'text' && !fixed) || undefined}
      data-changed={unsaved !== undefined || undefined}
    >
      <div className={classes['words']}>
        <div id={id} className={classes['meaning']}>
          {meaningOf(setting)}
        </div>
        <SettingDetail id={`${id}-detail`} setting={setting} unsaved={unsaved} />
        {error !== undefined && (
          <p id={`${id}-error`} className={classes['error']} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={classes['field']}>
        {!fixed && !isAtDefault(setting, unsaved) && (
          <Tooltip label={t('useDefault')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('useDefaultOf', { name })}
              onClick={() => onChange(null)}
            >
              <IconRestore size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {!fixed && (
          <SettingField
            setting={setting}
            value={shownIn(setting, unsaved)}
            isWrong={error !== undefined}
            labelledBy={`${id} ${id}-detail-name`}
            describedBy={`${id}-detail${error === undefined ? '' : ` ${id}-error`}`}
            onChange={onChange}
          />
        )}
        {fixed && <span className={classes['value']}>{shown.value(setting, setting.value)}</span>}
      </div>
    </li>
  );
}

interface SettingDetailProps {
  readonly id: string;
  readonly setting: Setting;
  readonly unsaved: UnsavedValue | undefined;
}

function SettingDetail({ id, setting, unsaved }: SettingDetailProps) {
  const { t } = useTranslation('settings');
  const shown = useShown();
  const bounds = shown.bounds(setting);
  return (
    <div id={id} className={classes['detail']}>
      <code id={`${id}-name`} className="mono">
        {setting.name}
      </code>
      <span>{t('default', { value: shown.value(setting, setting.default) })}</span>
      {bounds !== undefined && <span>{bounds}</span>}
      <SourceChip setting={setting} isUnsaved={unsaved !== undefined} />
    </div>
  );
}
