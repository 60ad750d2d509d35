/** A part of an OpenAPI document, with the parts in it to which it refers. A schema that contains itself is followed once. */
export function resolved(document: object, value: unknown, path: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(document, item, path));
  if (typeof value !== 'object' || value === null) return value;
  const reference: unknown = Reflect.get(value, '$ref');
  if (typeof reference !== 'string')
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(document, member, path)]));
  if (path.includes(reference)) return value;
  const names = reference.split('/').slice(1);
  const target = names.reduce<unknown>((holder, name) => Reflect.get(holder as object, name), document);
  return resolved(document, target, [...path, reference]);
}
