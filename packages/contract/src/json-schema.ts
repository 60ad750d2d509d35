import { z } from 'zod';

/** A JSON value that is an object. */
export type Json = Record<string, unknown>;

/** The versions of JSON Schema: that of OpenAPI 3.1, and that of AsyncAPI 3.0. */
type Target = 'draft-2020-12' | 'draft-7';

/** A schema as JSON Schema: what goes in, or what comes out. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output', target: Target = 'draft-2020-12'): Json {
  // As a member of another schema, a named one becomes a reference.
  const made = z.toJSONSchema(z.object({ schema }), { target, io, unrepresentable: 'any', override: tidy });
  const { properties, $defs = made['definitions'] as typeof made.$defs } = made;
  return { ...(properties?.['schema'] as Json), ...($defs && { $defs }) };
}

interface TidiedSchema {
  id?: string;
  type?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

/** Omits the bounds of safe integers, which apply to every number of the API and would hide meaningful bounds, and what only zod needs. */
function tidy({ jsonSchema }: { jsonSchema: TidiedSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Ids in a path are digits that clients treat as numbers.
  if (jsonSchema.type === 'integer') delete jsonSchema.pattern;
  delete jsonSchema.id;
}

const definitionReference = /^#\/(\$defs|definitions)\//;

/**
 * Moves the definitions of recursive schemas to the components of the document, because `#` in a `$ref` is the root of the document, not of the
 * schema.
 */
export function hoistDefinitions(description: Json, id: string, schemas: Json): Json {
  const names = new Map<string, string>();
  const visit = (value: unknown, definitions: Json): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, definitions));
    if (typeof value !== 'object' || value === null) return value;
    const { $defs = definitions, $ref, ...others } = value as Json & { $defs?: Json };
    const visited = Object.fromEntries(Object.entries(others).map(([name, member]) => [name, visit(member, $defs)]));
    return typeof $ref === 'string' ? { ...visited, $ref: hoist($ref, $defs) } : visited;
  };
  const hoist = (ref: string, definitions: Json): string => {
    const given = ref.replace(definitionReference, '');
    const definition = definitions[given];
    if (definition === undefined) return ref;
    const text = JSON.stringify(definition);
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = given.startsWith('__') ? `${id}.${names.size + 1}` : given;
    names.set(text, `#/components/schemas/${name}`);
    const hoisted = visit(definition, definitions);
    if (name in schemas && JSON.stringify(schemas[name]) !== JSON.stringify(hoisted))
      throw new Error(`${id}: two schemas have the name ${name}`);
    schemas[name] = hoisted;
    return `#/components/schemas/${name}`;
  };
  return visit(description, {}) as Json;
}
