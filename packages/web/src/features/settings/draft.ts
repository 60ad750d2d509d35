import type { Setting, SettingValue } from '@gatehouse/contract/settings';

/** What is chosen for a setting and not saved; null goes back to the default. A number that is not one yet is text. */
export type Draft = SettingValue | null;

/** By the name of the setting; it holds only what saving would change. */
export type Drafts = Readonly<Record<string, Draft>>;

/** The drafts after a choice. */
export function withDraft(drafts: Drafts, setting: Setting, draft: Draft): Drafts {
  const others = Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== setting.name));
  return isChange(setting, draft) ? { ...others, [setting.name]: draft } : others;
}

function isChange(setting: Setting, draft: Draft): boolean {
  const isDefault = setting.source === 'default';
  return goesBack(setting, draft) ? !isDefault : draft !== setting.value;
}

/** An empty field of a number means the default, too. */
function goesBack({ kind }: Setting, draft: Draft): boolean {
  return draft === null || (kind === 'number' && draft === '');
}

/** The draft as the server takes it. */
export function changesOf(drafts: Drafts, settings: readonly Setting[]): Record<string, SettingValue | null> {
  return Object.fromEntries(
    settings.flatMap((setting) => {
      const draft = drafts[setting.name];
      return draft === undefined ? [] : [[setting.name, goesBack(setting, draft) ? null : draft]];
    }),
  );
}

/** What the field of a setting shows. */
export function shownIn({ value, default: fallback }: Setting, draft: Draft | undefined): SettingValue {
  return (draft === undefined ? value : (draft ?? fallback)) ?? '';
}

/** Whether the default counts once everything is saved. */
export function isAtDefault(setting: Setting, draft: Draft | undefined): boolean {
  return draft === undefined ? setting.source === 'default' : goesBack(setting, draft);
}
