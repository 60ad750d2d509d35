import type { Random } from './random.ts';
import type { WireRequest } from './wire.ts';

type Json = Readonly<Record<string, unknown>>;

/** An operation as the OpenAPI document describes it. */
export interface Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Json }[];
  readonly body: Json | undefined;
  readonly responses: readonly string[];
}

export function describedOperations(document: unknown): Described[] {
  const { paths } = document as { paths: Record<string, Record<string, Json>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const body = operation['requestBody'] as { content: { 'application/json': { schema: Json } } } | undefined;
      return {
        id: String(operation['operationId']),
        method: method.toUpperCase(),
        path,
        parameters: operation['parameters'] as Described['parameters'],
        body: body?.content['application/json'].schema,
        responses: Object.keys(operation['responses'] as Json),
      };
    }),
  );
}

const oddTexts = [
  '',
  ' ',
  '\0',
  '\u001b[2J',
  '\r\n',
  'ü',
  '😀',
  '\u202e',
  '\ud800',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  "' or 1=1 --",
  '"; drop table identities; --',
  '${7*7}',
  '../../etc/passwd',
  '%00',
  '%n%s',
  '<script>',
  'a'.repeat(300),
  '😀'.repeat(260),
  '/',
  '0x10',
  '٣',
  'ﬁ',
  'İ',
  'ssh-ed25519 AAAA',
  '-----BEGIN OPENSSH PRIVATE KEY-----\n',
  'Host *\n  ProxyCommand rm',
  '2026-02-30T25:61:61Z',
  '127.0.0.1',
  '[::1]',
];
const oddNumbers = [0, -1, 1, 2, 3, 1.5, -0, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 1e-308, 65_536];
const oddIds = [
  '0',
  '1',
  '2',
  '3',
  '-1',
  '01',
  '1e3',
  '9007199254740992',
  'abc',
  '%00',
  '1%00',
  '..',
  '%2e%2e',
  '😀',
  '1'.repeat(200),
  '%',
  '%zz',
  "1'",
  '',
];
const contentTypes = [
  'application/json',
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/merge-patch+json',
  'x',
  '',
  '/',
  'application/json;;;',
];
const headerNames = [
  'prefer',
  'if-match',
  'if-none-match',
  'accept',
  'origin',
  'x-forwarded-for',
  'range',
  'expect',
  'upgrade',
  'cookie',
  'content-encoding',
  'x-http-method-override',
];
const headerValues = [
  '',
  '*',
  '"1"',
  'W/"1"',
  'handling=strict',
  'handling=',
  'null',
  'bytes=0-',
  'gzip',
  '203.0.113.1',
  'DELETE',
  '"',
  ',,,',
  'a'.repeat(2_000),
  'h2c',
];
const deepest = 6;
/** Deeper than the server takes, and harmless. */
const nested = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], 'deep');
/** What stands in for one field of a body that is in order otherwise. */
const wrongValues: readonly unknown[] = [
  null,
  '',
  ' ',
  [],
  {},
  [null],
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '12',
  '0012',
  '1e3',
  'a'.repeat(70_000),
  '😀'.repeat(300),
  '\ud800',
  '\u202e\u0000',
  'e\u0301',
  nested,
  { toString: 'x', constructor: 'y' },
];

/** Makes requests that are nearly right: the shape of the contract with something wrong in it. */
export function createRequestMaker(operations: readonly Described[], random: Random, tokens: readonly string[]) {
  const chance = (oneIn: number) => random.below(oneIn) === 0;
  /** Whether values that the schema does not allow are mixed in. */
  let strays = true;

  function anything(depth = 0): unknown {
    switch (random.below(depth > deepest ? 4 : 7)) {
      case 0:
        return random.pick(oddTexts);
      case 1:
        return random.pick(oddNumbers);
      case 2:
        return random.pick([true, false, null]);
      case 3:
        return String(random.pick(oddNumbers));
      case 4:
        return Array.from({ length: random.below(4) }, () => anything(depth + 1));
      default:
        return Object.fromEntries(
          Array.from({ length: random.below(4) }, () => [random.pick(oddTexts), anything(depth + 1)]),
        );
    }
  }

  /** A value of the schema, and now and then anything else. */
  function fitting(schema: Json, depth = 0): unknown {
    if (depth > deepest || (strays && chance(9))) return anything(depth);
    if ('const' in schema) return schema['const'];
    for (const name of ['anyOf', 'oneOf', 'allOf']) {
      const choices = schema[name];
      if (Array.isArray(choices)) return fitting(random.pick(choices as Json[]), depth + 1);
    }
    if (Array.isArray(schema['enum'])) return random.pick(schema['enum'] as unknown[]);
    switch (schema['type']) {
      case 'object':
        return fittingObject(schema, depth);
      case 'array':
        return Array.from({ length: random.below(4) }, () => fitting((schema['items'] ?? {}) as Json, depth + 1));
      case 'integer':
      case 'number':
        return !strays || chance(2) ? wholeNumber(schema) : random.pick(oddNumbers);
      case 'boolean':
        return chance(2);
      case 'string':
        return !strays || chance(2) ? text(schema) : random.pick(oddTexts);
      default:
        return anything(depth);
    }
  }

  function wholeNumber({ minimum = 0 }: Json): number {
    return Number(minimum) + random.below(4);
  }

  function text({ format }: Json): string {
    return format === 'date-time'
      ? new Date(Date.now() + random.below(1e9)).toISOString()
      : `text ${random.below(1_000)}`;
  }

  /** What the schema allows but for one field, which may stand in another one. */
  function wrongInOneField(schema: Json): string {
    strays = false;
    const body = fitting(schema);
    strays = true;
    if (typeof body !== 'object' || body === null) return JSON.stringify(random.pick(wrongValues));
    const { holder, names } = holderOf(body);
    const name = random.pick([...names, 'noSuchField']);
    if (names.length > 0 && chance(6)) return twice(body, random.pick(names));
    Reflect.set(holder, name, random.pick(wrongValues));
    return JSON.stringify(body);
  }

  /** The body itself, or an object in it. */
  function holderOf(body: object): { holder: object; names: readonly string[] } {
    const inner = Object.values(body).filter((value) => typeof value === 'object' && value !== null) as object[];
    const holder = inner.length > 0 && chance(2) ? random.pick(inner) : body;
    return { holder, names: Object.keys(holder) };
  }

  /** The same name twice in one object, which JSON leaves open (RFC 8259 section 4). */
  function twice(body: object, name: string): string {
    const member = `${JSON.stringify(name)}:${JSON.stringify(random.pick(wrongValues))}`;
    const all = JSON.stringify(body);
    return all === '{}' || all.startsWith('[') ? `{${member},${member}}` : `${all.slice(0, -1)},${member}}`;
  }

  function fittingObject(schema: Json, depth: number): unknown {
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
    const required = (schema['required'] ?? []) as readonly string[];
    const kept = properties.filter(([name]) => (required.includes(name) ? !(strays && chance(15)) : chance(2)));
    const members: [string, unknown][] = kept.map(([name, member]) => [name, fitting(member, depth + 1)]);
    if (strays && chance(12)) members.push([random.pick(oddTexts), anything(depth + 1)]);
    return Object.fromEntries(members);
  }

  function pathOf({ path, parameters }: Described): string {
    const filled = path.replace(/\{\w+\}/g, () => random.pick(oddIds));
    const query = parameters.filter((one) => one.in === 'query' && chance(2));
    const pairs = query.map(({ name, schema }) => `${name}=${encode(fitting(schema))}`);
    if (chance(20)) pairs.push(random.pick(['a', 'a[]=1', '%', '__proto__=1', '=', '&&', 'limit=1&limit=2']));
    return encodeUnsendable(`${filled}${chance(30) ? '/' : ''}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`);
  }

  function bodyOf({ body, method }: Described): string | Buffer | undefined {
    if (method === 'GET' ? !chance(20) : chance(20)) return undefined;
    if (body !== undefined && chance(2)) return wrongInOneField(body);
    const text = JSON.stringify(body === undefined ? anything() : fitting(body));
    switch (random.below(25)) {
      case 0:
        return text.slice(0, random.below(text.length + 1));
      case 1:
        return Buffer.from(text, 'utf16le');
      case 2:
        return Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(text)]);
      case 3:
        return Buffer.from(
          text.replaceAll(/[a-z]/g, (letter) => (chance(8) ? String.fromCharCode(random.below(256)) : letter)),
          'latin1',
        );
      case 4:
        return text.replaceAll('"', "'");
      default:
        return text;
    }
  }

  return (): { readonly operation: Described; readonly request: WireRequest } => {
    const operation = random.pick(operations);
    const body = bodyOf(operation);
    const headers: Record<string, string> = {};
    if (!chance(6)) headers['authorization'] = `Bearer ${random.pick(tokens)}`;
    if (body !== undefined) headers['content-type'] = chance(6) ? random.pick(contentTypes) : 'application/json';
    if (chance(5)) headers[random.pick(headerNames)] = random.pick(headerValues);
    const method = chance(40)
      ? random.pick(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
      : operation.method;
    return { operation, request: { method, path: pathOf(operation), headers, body } };
  };
}

function encode(value: unknown): string {
  return encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());
}

/** What a client library refuses to put into a request line. */
function encodeUnsendable(path: string): string {
  return path.replaceAll(/[^\u0021-\u007e]/gu, (character) => encodeURIComponent(character.toWellFormed()));
}
