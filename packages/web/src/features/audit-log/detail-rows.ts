/** Details as names and values; a nested value is named by its path. A value that is not an object is one row without a name. */
export function detailRowsOf(details: unknown): readonly (readonly [string, string])[] {
  if (details === null || details === undefined) return [];
  return flatten('', details);
}

function flatten(path: string, value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.length === 0 ? [] : [[path, value.join(', ')]];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => flatten(path === '' ? name : `${path}.${name}`, inner));
  return value === null ? [] : [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}
