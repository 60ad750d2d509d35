import { ActionIcon, Tooltip } from '@mantine/core';
import type { Setting } from '@gatehouse/contract/settings';
import { IconRestore } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { inWords } from '../../lib/sentences.ts';
import { isAtDefault, shownIn, type Draft } from './draft.ts';
import { SettingField } from './setting-field.tsx';
import classes from './settings.module.css';
import { useShown } from './shown.ts';
import { SourceChip } from './source-chip.tsx';

interface SettingRowProps {
  readonly setting: Setting;
  /** Undefined where nothing unsaved is chosen. */
  readonly draft: Draft | undefined;
  readonly error: string | undefined;
  readonly onChange: (draft: Draft) => void;
}

/** One setting: its meaning, its name, its default, where its value comes from, and its field, or its value where that is fixed. */
export function SettingRow({ setting, draft, error, onChange }: SettingRowProps) {
  const { t } = useTranslation('settings');
  const shown = useShown();
  const id = useId();
  const { name, kind, fixed } = setting;
  return (
    <li
      className={classes['row']}
      data-wide={(kind === 'text' && !fixed) || undefined}
      data-changed={draft !== undefined || undefined}
    >
      <div className={classes['words']}>
        <div id={id} className={classes['meaning']}>
          {inWords(setting.meaning)}
        </div>
        <SettingDetail id={`${id}-detail`} setting={setting} draft={draft} />
        {error !== undefined && (
          <p id={`${id}-error`} className={classes['error']} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={classes['field']}>
        {!fixed && !isAtDefault(setting, draft) && (
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
            value={shownIn(setting, draft)}
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
  readonly draft: Draft | undefined;
}

function SettingDetail({ id, setting, draft }: SettingDetailProps) {
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
      <SourceChip setting={setting} isUnsaved={draft !== undefined} />
    </div>
  );
}
