import type { TFunction } from 'i18next';

/** A value of a form in words, as far as it is text. */
export function conflictText(value: unknown, t: TFunction): string {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return t('merge.empty');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : t('merge.changed');
}

/** The value at a path with dots. */
export function valueAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), values);
}
