import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { asyncApiDocument } from './asyncapi.ts';
import { protocolCloseCodes, sessionCloseCodes, stateCloseCodes } from './close-codes.ts';
import { inEnglish, messageCodes, messageRow } from './messages/message.ts';
import { socketChannels, socketPaths } from './sockets.ts';
import { resolved } from './testdata/resolved.ts';

interface Message {
  readonly name: string;
  readonly contentType: string;
  readonly summary: string;
  readonly payload: Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
  readonly examples?: readonly { readonly payload: unknown }[];
}

interface Channel {
  readonly address: string;
  readonly parameters?: object;
  readonly messages: Readonly<Record<string, Message>>;
  readonly bindings: { readonly ws: { readonly headers: { readonly required?: readonly string[] } } };
  readonly 'x-close-codes': readonly { readonly code: number; readonly reasons?: readonly object[] }[];
  readonly 'x-refusals': readonly { readonly status: number; readonly error: string }[];
}

interface AsyncApi {
  readonly asyncapi: string;
  readonly info: object;
  readonly servers: object;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<
    Record<string, { action: string; channel: Channel; security: readonly object[]; messages: readonly Message[] }>
  >;
}

const document = asyncApiDocument(socketChannels, { version: '1.2.3' });
const { asyncapi, info, channels, operations } = resolved(document, document) as AsyncApi;

const namesOf = (messages: readonly Message[] | undefined) => messages?.map(({ name }) => name);

test('is AsyncAPI 3.0 of this version, and refers only to what is in it', () => {
  expect(asyncapi).toBe('3.0.0');
  expect(info).toMatchObject({ title: 'Gatehouse', version: '1.2.3' });
  expect(JSON.stringify(channels)).not.toContain('"$ref"');
});

test('every WebSocket is a channel, with the names of its path as parameters', () => {
  const addresses = Object.values(channels).map(({ address }) => address);
  expect([...new Set(addresses)].sort()).toEqual(socketPaths.map((path) => path.replace(/:(\w+)/g, '{$1}')).sort());
  for (const { address, parameters = {} } of Object.values(channels))
    expect(Object.keys(parameters)).toEqual([...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
});

test('operations name what clients and the server send on each channel', () => {
  expect(Object.keys(operations)).toEqual([
    'terminal.receive',
    'terminal.send',
    'command.receive',
    'command.send',
    'state.receive',
    'state.send',
  ]);
  expect(namesOf(operations['command.receive']?.messages)).toEqual([
    'EndFrame',
    'SignalFrame',
    'OutputAckFrame',
    'CommandInput',
  ]);
  expect(namesOf(operations['terminal.send']?.messages)).toEqual([
    'StepFrame',
    'HostKeyQuestionFrame',
    'PromptQuestionFrame',
    'ReadyFrame',
    'ExitFrame',
    'ErrorFrame',
    'PongFrame',
    'TerminalOutput',
  ]);
  expect(namesOf(operations['state.send']?.messages)).toEqual(['StateFrame', 'StatePong']);
});

test('a session is joined with a ticket, the state socket with a sign-in or an API key', () => {
  expect(operations['terminal.send']?.security).toMatchObject([
    { type: 'httpApiKey', in: 'header', name: 'Sec-WebSocket-Protocol' },
  ]);
  expect(operations['state.send']?.security).toMatchObject([
    { type: 'http', scheme: 'bearer' },
    { type: 'httpApiKey', in: 'cookie' },
  ]);
  expect(channels['terminal']?.bindings.ws.headers.required).toEqual(['Sec-WebSocket-Protocol']);
  expect(channels['state']?.bindings.ws.headers).not.toHaveProperty('required');
});

test('names the public address, or leaves the host to the reader', () => {
  const at = (publicUrl?: string) => asyncApiDocument(socketChannels, { version: '1', publicUrl })['servers'];
  expect(at('https://gate.example')).toMatchObject({ public: { host: 'gate.example', protocol: 'wss' } });
  expect(at('http://127.0.0.1:7000')).toMatchObject({ public: { host: '127.0.0.1:7000', protocol: 'ws' } });
  expect(at()).toMatchObject({ tls: { host: '{host}', protocol: 'wss' }, plain: { host: '{host}', protocol: 'ws' } });
});

describe('messages', () => {
  const messages = Object.values(channels).flatMap((channel) => Object.values(channel.messages));
  const byName = [...new Map(messages.map((message) => [message.name, message] as const))];

  test.each(byName)('%s has a media type, words and a schema', (_, { contentType, summary, payload }) => {
    expect(contentType).toMatch(/^application\/(json|octet-stream)$/);
    expect(summary).toMatch(/^[A-Z]/);
    expect(payload).toHaveProperty('type', contentType === 'application/json' ? 'object' : 'string');
  });

  test.each(byName.filter(([, { examples }]) => examples !== undefined))(
    'the examples of %s are what its schema and the server take',
    (_, { payload, examples = [] }) => {
      const schema = z.fromJSONSchema(payload);
      for (const example of examples) {
        expect(schema.safeParse(example.payload)).toMatchObject({ success: true });
        const read = socketChannels
          .flatMap(({ fromClient, fromServer }) => [fromClient.text, fromServer.text])
          .some((frames) => frames?.safeParse(example.payload).success === true);
        expect(read).toBe(true);
      }
    },
  );

  test('clients learn that members which the server does not know are refused', () => {
    expect(channels['terminal']?.messages['ResizeFrame']?.payload).toMatchObject({
      required: ['t', 'cols', 'rows'],
      additionalProperties: false,
    });
  });
});

describe('close codes', () => {
  const tables = [protocolCloseCodes, sessionCloseCodes, stateCloseCodes];
  const all = tables.flatMap((table) => Object.values<{ code: number; reasons?: readonly string[] }>(table));

  test('are codes that an endpoint may send (RFC 6455 section 7.4)', () => {
    for (const { code } of all) expect((code >= 1000 && code <= 1013) || (code >= 4000 && code < 5000)).toBe(true);
    for (const { code } of all) expect([1004, 1005, 1006]).not.toContain(code);
  });

  test('stand at each channel, with the messages of their reasons', () => {
    expect(channels['state']?.['x-close-codes']).toContainEqual({
      code: 4401,
      meaning: stateCloseCodes.signedOut.meaning,
      reasons: [{ messageCode: 'closed_by_sign_in_end', message: 'the sign-in has ended' }],
    });
    expect(channels['command']?.['x-refusals']).toContainEqual({ status: 409, error: 'conflict' });
  });

  test.each(messageCodes.filter((code) => /^(ended|closed)_/.test(code)))('%s fits into a close frame', (code) => {
    const longestUsername = 'm'.repeat(32);
    const params = Object.fromEntries(
      Object.keys(messageRow(code).params ?? {}).map((name) => [name, longestUsername]),
    );
    expect(Buffer.byteLength(inEnglish({ code, params }))).toBeLessThanOrEqual(123);
  });
});
