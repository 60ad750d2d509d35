import { z } from 'zod';
import type { CloseCode } from './close-codes.ts';
import { hoistDefinitions, schemaOf, type Json } from './json-schema.ts';
import { inEnglish, say } from './messages/message.ts';
import { problemStatus } from './problem-status.ts';
import type { ByteFrames, SentFrames, SocketChannel } from './sockets.ts';
import { subprotocol } from './subprotocol.ts';

/** What the document says about this server. */
export interface DescribedServer {
  readonly version: string;
  /** The address of its web pages, where it is known. */
  readonly publicUrl?: string | undefined;
}

/**
 * Every WebSocket as AsyncAPI 3.0, created from the schemas that the server and the web app read frames with. It is written from the view of the
 * server: it receives what clients send.
 */
export function asyncApiDocument(channels: readonly SocketChannel[], { version, publicUrl }: DescribedServer): Json {
  const components = { schemas: {} as Json, messages: {} as Json };
  const described = channels.map((channel) => describe(channel, components));
  return {
    asyncapi: '3.0.0',
    info: { title: 'Gatehouse', version, license: { name: 'MIT' }, description: introduction },
    defaultContentType: jsonType,
    servers: publicUrl === undefined ? anyAddress : publicAddress(new URL(publicUrl)),
    channels: Object.fromEntries(described.map(({ id, channel }) => [id, channel])),
    operations: Object.assign({}, ...described.map(({ operations }) => operations)) as Json,
    components: { securitySchemes, ...components },
  };
}

const jsonType = 'application/json';
const bytesType = 'application/octet-stream';

const introduction = [
  'The WebSockets of Gatehouse. `/api/openapi.json` describes the operations, among them those that prepare a terminal or a command and answer with its ticket.',
  `Every client offers the subprotocol \`${subprotocol}\`. Text frames are JSON, binary frames are bytes.`,
  'A refused upgrade is an ordinary HTTP answer with the body of a problem: `x-refusals` of a channel lists its statuses. `x-close-codes` lists the codes with which the server closes the socket.',
  'Beside a sentence for a person stand its code and parameters, for clients that speak another language: `x-messages` of the schema MessageCode in `/api/openapi.json` lists all codes.',
  'Later versions may send further types of frames and further members: ignore what you do not know. The server refuses frames and members that it does not know.',
].join('\n\n');

const hostVariable: Json = {
  default: 'localhost:6989',
  description: 'Host and port of this server, as in the address of this document',
};
const anyAddress: Json = {
  tls: { host: '{host}', protocol: 'wss', description: 'Over TLS', variables: { host: hostVariable } },
  plain: {
    host: '{host}',
    protocol: 'ws',
    description: 'Without TLS, on the machine itself or behind a proxy',
    variables: { host: hostVariable },
  },
};

function publicAddress({ protocol, host }: URL): Json {
  return { public: { host, protocol: protocol === 'https:' ? 'wss' : 'ws', description: 'PUBLIC_URL' } };
}

const securitySchemes: Json = {
  ticket: {
    type: 'httpApiKey',
    in: 'header',
    name: 'Sec-WebSocket-Protocol',
    description: `\`ticket.<ticket>\`, beside the subprotocol \`${subprotocol}\`: valid once, for 30 seconds, for one session`,
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'A session token of POST /api/auth/login, or an API key',
  },
  cookie: {
    type: 'httpApiKey',
    in: 'cookie',
    name: '__Host-gatehouse',
    description:
      'A session of POST /api/auth/cookie, for pages of this server. Over plain HTTP the cookie is called `gatehouse`.',
  },
};

const schemesOf: Readonly<Record<SocketChannel['access'], readonly string[]>> = {
  ticket: ['ticket'],
  caller: ['bearer', 'cookie'],
};

interface Components {
  readonly schemas: Json;
  readonly messages: Json;
}

interface Described {
  readonly id: string;
  readonly channel: Json;
  readonly operations: Json;
}

function describe(channel: SocketChannel, components: Components): Described {
  const { id, title, description, path } = channel;
  const sent = {
    receive: addMessages(channel.fromClient, 'input', components),
    send: addMessages(channel.fromServer, 'output', components),
  };
  const names = [...sent.receive, ...sent.send];
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return {
    id,
    channel: {
      address: path.replace(/:(\w+)/g, '{$1}'),
      title,
      description,
      messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      ...(parameters.length > 0 && {
        parameters: Object.fromEntries(
          parameters.map((name) => [name, { description: 'A positive integer, from the answer with the ticket' }]),
        ),
      }),
      bindings: { ws: { method: 'GET', headers: headersOf(channel), bindingVersion: '0.1.0' } },
      'x-close-codes': channel.closeCodes.map(closeCode),
      'x-refusals': channel.errors.map((error) => ({ status: problemStatus[error], error })),
    },
    operations: Object.fromEntries(
      (['receive', 'send'] as const)
        .filter((action) => sent[action].length > 0)
        .map((action) => [`${id}.${action}`, operation(channel, action, sent[action])]),
    ),
  };
}

function operation({ id, title, access }: SocketChannel, action: 'receive' | 'send', names: readonly string[]): Json {
  return {
    action,
    title: `${title}: ${action === 'receive' ? 'what clients send' : 'what the server sends'}`,
    channel: { $ref: `#/channels/${id}` },
    security: schemesOf[access].map((scheme) => ({ $ref: `#/components/securitySchemes/${scheme}` })),
    messages: names.map((name) => ({ $ref: `#/channels/${id}/messages/${name}` })),
  };
}

/** The header fields of the upgrade, besides those of the security schemes. */
function headersOf({ access }: SocketChannel): Json {
  return {
    type: 'object',
    properties: {
      'Sec-WebSocket-Protocol': {
        type: 'string',
        description:
          access === 'ticket'
            ? `The subprotocols \`${subprotocol}\` and \`ticket.<ticket>\`; the server selects the former`
            : `The subprotocol \`${subprotocol}\`; programs may leave it out`,
      },
      Origin: { type: 'string', description: 'Of a browser: a page of this server. Programs need none' },
    },
    ...(access === 'ticket' && { required: ['Sec-WebSocket-Protocol'] }),
  };
}

function closeCode({ code, meaning, reasons }: CloseCode): Json {
  return {
    code,
    meaning,
    ...(reasons && { reasons: reasons.map((reason) => ({ messageCode: reason, message: inEnglish(say(reason)) })) }),
  };
}

/** Adds the messages of one direction to the components; returns their names. */
function addMessages({ text, bytes }: SentFrames, io: 'input' | 'output', { schemas, messages }: Components): string[] {
  const frames = text === undefined ? [] : framesOf(text);
  const names = frames.map((frame) => {
    const { id, description, examples } = documented(frame);
    messages[id] = {
      name: id,
      title: id,
      summary: description,
      contentType: jsonType,
      payload: hoistDefinitions(schemaOf(frame, io, 'draft-7'), id, schemas),
      examples: examples.map((payload) => ({ payload })),
    };
    return id;
  });
  if (bytes === undefined) return names;
  messages[bytes.name] = byteMessage(bytes);
  return [...names, bytes.name];
}

function byteMessage({ name, description }: ByteFrames): Json {
  return {
    name,
    title: name,
    summary: `${description}. A binary frame`,
    contentType: bytesType,
    payload: { type: 'string', format: 'binary' },
  };
}

/** The types of frames in a union of them. */
function framesOf(schema: z.ZodType): readonly z.ZodType[] {
  return schema instanceof z.ZodUnion ? (schema.options as readonly z.ZodType[]).flatMap(framesOf) : [schema];
}

function documented(frame: z.ZodType): { id: string; description: string; examples: readonly unknown[] } {
  const { id, description, examples } = frame.meta() ?? {};
  if (id === undefined || description === undefined || !Array.isArray(examples) || examples.length === 0)
    throw new Error(`A frame lacks a name, a description or examples: ${id ?? JSON.stringify(z.toJSONSchema(frame))}`);
  return { id, description, examples };
}
