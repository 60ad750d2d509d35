/** The values that details may hold. A property that is `undefined` is left out. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** JSON with its properties in the order of their UTF-16 code units and no white space (RFC 8785). Throws for numbers that JSON does not have. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('JSON has no such number');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // A Secret, a Buffer or a Date would be serialized as something that was not meant to be recorded.
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError('details hold plain objects only');
  const properties = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const item = value[name];
      return item === undefined ? [] : [`${JSON.stringify(name)}:${canonicalJson(item)}`];
    });
  return `{${properties.join(',')}}`;
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
