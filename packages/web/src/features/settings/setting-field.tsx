import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { Setting, SettingValue } from '@gatehouse/contract/settings';
import { describedByText } from '../../ui/described-by.ts';
import type { UnsavedValue } from './unsaved-values.ts';
import { useShown } from './shown.ts';

interface SettingFieldProps {
  readonly setting: Setting;
  readonly value: SettingValue;
  readonly isWrong: boolean;
  /** The ids of the label of the field, and of its description. */
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly onChange: (unsaved: UnsavedValue) => void;
}

/** The field of one setting, by its kind. */
export function SettingField({ setting, value, isWrong, labelledBy, describedBy, onChange }: SettingFieldProps) {
  const shown = useShown();
  const props = { 'aria-labelledby': labelledBy, ...describedByText(describedBy) };
  const { kind, minimum, maximum, choices = [] } = setting;
  switch (kind) {
    case 'number':
      return (
        <NumberInput
          {...props}
          w={116}
          {...(minimum === undefined ? {} : { min: minimum })}
          {...(maximum === undefined ? {} : { max: maximum })}
          clampBehavior="none"
          allowDecimal={false}
          placeholder={shown.value(setting, setting.default)}
          error={isWrong}
          value={typeof value === 'boolean' ? '' : value}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <Switch
          aria-labelledby={labelledBy}
          aria-describedby={describedBy}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...props}
          w={180}
          allowDeselect={false}
          data={choices}
          error={isWrong}
          value={String(value)}
          onChange={(choice) => choice !== null && onChange(choice)}
        />
      );
    case 'text':
      return (
        <TextInput
          {...props}
          flex={1}
          className="mono"
          spellCheck={false}
          error={isWrong}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
