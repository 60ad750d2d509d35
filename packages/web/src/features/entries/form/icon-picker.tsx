import { Input, Radio, VisuallyHidden } from '@mantine/core';
import { IconCircleOff } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryIcon, entryIconNames } from '../entry-icon.tsx';
import classes from './form.module.css';

interface IconPickerProps {
  /** Empty for no icon. */
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** Selects the icon of a server. */
export function IconPicker({ value, onChange }: IconPickerProps) {
  const { t } = useTranslation('entries');
  const labelId = useId();
  return (
    <Radio.Group value={value} onChange={onChange} aria-labelledby={labelId}>
      <Input.Label id={labelId} component="span" className={classes['label'] ?? ''}>
        {t('form.icon')}
      </Input.Label>
      <div className={classes['icons']}>
        <Choice value="" label={t('form.icons.none')} chosen={value === ''} />
        {entryIconNames.map((name) => (
          <Choice key={name} value={name} label={t(`form.icons.${name}`)} chosen={value === name} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Choice({
  value,
  label,
  chosen,
}: {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
}) {
  return (
    <Radio.Card value={value} className={classes['icon'] ?? ''} data-chosen={chosen || undefined} title={label}>
      {value === '' ? <IconCircleOff size={18} stroke={1.6} aria-hidden /> : <EntryIcon name={value} size={18} />}
      <VisuallyHidden>{label}</VisuallyHidden>
    </Radio.Card>
  );
}
