type Values = Record<string, unknown>;

/** A field that both have changed, to different values. */
export interface FieldConflict {
  /** With dots: `config.port`. */
  readonly path: string;
  readonly theirs: unknown;
}

interface Versions<V> {
  /** What both have started from. */
  readonly base: V;
  readonly mine: V;
  readonly theirs: V;
}

/**
 * Merges two changes of the same values, field by field (three-way merge). Where both changed a field, the result has `mine`, and the conflict
 * `theirs`. Fields in `whole`, and lists, are not divided.
 */
export function mergeChanges<V extends Values>(versions: Versions<V>, whole: readonly string[] = []) {
  const conflicts: FieldConflict[] = [];
  const merged = mergeFields(versions, { whole, prefix: '', conflicts });
  return { merged: merged as V, conflicts };
}

interface Merging {
  readonly whole: readonly string[];
  readonly prefix: string;
  readonly conflicts: FieldConflict[];
}

function mergeFields({ base, mine, theirs }: Versions<Values>, merging: Merging): Values {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      mergeField({ base: base[name], mine: mine[name], theirs: theirs[name] }, merging, name),
    ]),
  );
}

function mergeField({ base, mine, theirs }: Versions<unknown>, merging: Merging, name: string): unknown {
  const path = `${merging.prefix}${name}`;
  if (isObject(base) && isObject(mine) && isObject(theirs) && !merging.whole.includes(path))
    return mergeFields({ base, mine, theirs }, { ...merging, prefix: `${path}.` });
  if (isSame(mine, base)) return theirs;
  if (!isSame(theirs, base) && !isSame(theirs, mine)) merging.conflicts.push({ path, theirs });
  return mine;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values are the same as JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
