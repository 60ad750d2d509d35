import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { keyOf } from './sentence-keys.ts';
import type { en } from './texts/en.ts';

interface ActionSelectProps {
  readonly className: string;
  readonly actions: readonly { readonly value: string; readonly category: string }[];
  readonly value: string | undefined;
  readonly onChange: (action: string | undefined) => void;
}

/** Chooses an action, or all of a category (`identity.*`). */
export function ActionSelect({ className, actions, value, onChange }: ActionSelectProps) {
  const { t, i18n } = useTranslation('auditLog');
  const isCategory = (key: string): key is keyof typeof en.categories =>
    i18n.exists(`categories.${key}`, { ns: 'auditLog' });
  const isAction = (key: string): key is keyof typeof en.actions => i18n.exists(`actions.${key}`, { ns: 'auditLog' });
  const nameOfCategory = (category: string) => {
    const key = keyOf(category);
    return isCategory(key) ? t(`categories.${key}`) : category;
  };
  const nameOf = (action: string) => {
    const key = keyOf(action);
    return isAction(key) ? t(`actions.${key}`) : action;
  };
  const categories = [...new Set(actions.map(({ category }) => category))];
  const groups = categories.map((category) => ({
    group: capitalized(nameOfCategory(category), i18n.language),
    items: [
      { value: `${category}.*`, label: t('filters.whole', { category: nameOfCategory(category) }) },
      ...actions
        .filter((action) => action.category === category)
        .map((action) => ({ value: action.value, label: nameOf(action.value) })),
    ],
  }));
  const isOffered = value === undefined || groups.some(({ items }) => items.some((item) => item.value === value));
  return (
    <Select
      className={className}
      aria-label={t('filters.what')}
      placeholder={t('filters.everything')}
      data={isOffered ? groups : [{ group: '', items: [{ value, label: nameOf(value) }] }, ...groups]}
      value={value ?? null}
      onChange={(chosen) => {
        onChange(chosen ?? undefined);
      }}
      searchable
      clearable
      maxDropdownHeight={420}
    />
  );
}

function capitalized(words: string, language: string): string {
  const [first = '', ...rest] = Array.from(words);
  return first.toLocaleUpperCase(language) + rest.join('');
}
