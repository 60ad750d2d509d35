/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Applies a JSON merge patch (RFC 7396) as the server does, so that the screen need not wait for it. */
export function mergePatch(target: unknown, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: Record<string, Json> = isObject(target) ? { ...(target as Record<string, Json>) } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, name);
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
