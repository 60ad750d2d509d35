import type { Setting, SettingValue } from '@gatehouse/contract/settings';

/** A value of a setting that is not saved yet; null resets to the default. An incomplete number is text. */
export type UnsavedValue = SettingValue | null;

/** By the name of the setting; contains only what saving would change. */
export type UnsavedValues = Readonly<Record<string, UnsavedValue>>;

/** The unsaved values after a change. */
export function withUnsaved(unsaved: UnsavedValues, setting: Setting, value: UnsavedValue): UnsavedValues {
  const others = Object.fromEntries(Object.entries(unsaved).filter(([name]) => name !== setting.name));
  return isChange(setting, value) ? { ...others, [setting.name]: value } : others;
}

function isChange(setting: Setting, value: UnsavedValue): boolean {
  const isDefault = setting.source === 'default';
  return isReset(setting, value) ? !isDefault : value !== setting.value;
}

/** An empty number field also means the default. */
function isReset({ kind }: Setting, value: UnsavedValue): boolean {
  return value === null || (kind === 'number' && value === '');
}

/** The changes to send to the server. */
export function changesOf(unsaved: UnsavedValues, settings: readonly Setting[]): Record<string, SettingValue | null> {
  return Object.fromEntries(
    settings.flatMap((setting) => {
      const value = unsaved[setting.name];
      return value === undefined ? [] : [[setting.name, isReset(setting, value) ? null : value]];
    }),
  );
}

/** The value that the field of a setting shows. */
export function shownIn(setting: Setting, unsaved: UnsavedValue | undefined): SettingValue {
  return (unsaved === undefined ? setting.value : (unsaved ?? setting.default)) ?? '';
}

/** Whether the default applies once everything is saved. */
export function isAtDefault(setting: Setting, unsaved: UnsavedValue | undefined): boolean {
  return unsaved === undefined ? setting.source === 'default' : isReset(setting, unsaved);
}
