import type { Setting as PresentedSetting, SettingValue } from '@gatehouse/contract/settings';
import { isLiveName, type NamedSetting } from '../../kernel/settings/registry.ts';
import type { SettingType } from '../../kernel/settings/setting.ts';
import type { AdjustableSettings, Given, GivenSettings } from '../../kernel/settings/settings.ts';

/** A setting as the API shows it. The value of a secret is left out. */
export function presentSetting(
  { name, group, setting }: NamedSetting,
  settings: AdjustableSettings,
  given: GivenSettings,
): PresentedSetting {
  const { type, fallback, meaning, isSecret, isLive } = setting;
  const { source, text } = isLiveName(name) ? settings.originOf(name) : fixedOrigin(given.get(name), fallback);
  const { kind, minimum, maximum, choices } = type;
  return {
    name,
    group,
    meaning,
    kind,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
    value: isSecret ? null : valueOf(kind, text),
    default: isSecret ? null : valueOf(kind, fallback),
    source,
    fixed: !isLive || source === 'environment' || source === 'file',
    live: isLive,
  };
}

function fixedOrigin(given: Given | undefined, fallback: string) {
  return given ?? { source: 'default' as const, text: fallback };
}

function valueOf(kind: SettingType<unknown>['kind'], text: string): SettingValue {
  if (kind === 'number') return Number(text);
  return kind === 'boolean' ? text === 'true' : text;
}
