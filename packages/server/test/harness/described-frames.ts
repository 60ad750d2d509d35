import { asyncApiDocument } from '@gatehouse/contract/asyncapi';
import { inEnglish, say } from '@gatehouse/contract/messages/message';
import { socketChannels, type SocketChannel } from '@gatehouse/contract/sockets';
import { resolved } from '@gatehouse/contract/testdata/resolved';
import type { WebSocket } from 'ws';
import { z } from 'zod';

interface Message {
  readonly contentType: string;
  readonly payload: Parameters<typeof z.fromJSONSchema>[0];
}

/** What one side may send on a channel, as the AsyncAPI document describes it. */
interface Sent {
  readonly frames: readonly z.ZodType[];
  readonly hasBytes: boolean;
}

interface DescribedChannel {
  readonly fromServer: Sent;
  readonly fromClient: Sent;
  readonly closeCodes: readonly number[];
}

/** No status, and a connection that broke (RFC 6455 section 7.4.1): codes that are never sent. */
const unsentCodes = [1005, 1006];
const unknownFrame = inEnglish(say('closed_for_unknown_frame'));

const document = asyncApiDocument(socketChannels, { version: '0' });
const described = new Map<string, DescribedChannel>();

function channelOf(id: SocketChannel['id']): DescribedChannel {
  const known = described.get(id);
  if (known !== undefined) return known;
  const { operations } = document as { operations: Readonly<Record<string, object>> };
  const sent = (action: string): Sent => {
    const { messages = [] } = (resolved(document, operations[`${id}.${action}`]) ?? {}) as { messages?: Message[] };
    const texts = messages.filter(({ contentType }) => contentType === 'application/json');
    return { frames: texts.map(({ payload }) => z.fromJSONSchema(payload)), hasBytes: texts.length < messages.length };
  };
  const closeCodes = socketChannels.filter((channel) => channel.id === id).flatMap((channel) => channel.closeCodes);
  const channel = {
    fromServer: sent('send'),
    fromClient: sent('receive'),
    closeCodes: closeCodes.map(({ code }) => code),
  };
  described.set(id, channel);
  return channel;
}

function isDescribed({ frames }: Sent, text: string): boolean {
  try {
    const frame: unknown = JSON.parse(text);
    return frames.some((schema) => schema.safeParse(frame).success);
  } catch {
    // Malformed JSON is described nowhere.
    return false;
  }
}

/**
 * Throws when the server sends a frame, or closes with a code, that the AsyncAPI document does not describe for the channel, and when it refuses a
 * frame that the document describes. Returns the socket.
 */
export function requireDescribedFrames(socket: WebSocket, id: SocketChannel['id']): WebSocket {
  const { fromServer, fromClient, closeCodes } = channelOf(id);
  let isUnknownSent = false;
  const send = socket.send.bind(socket) as (...args: unknown[]) => void;
  socket.send = (data: unknown, ...others: unknown[]) => {
    if (typeof data === 'string') isUnknownSent ||= !isDescribed(fromClient, data);
    send(data, ...others);
  };
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const isKnown = isBinary ? fromServer.hasBytes : isDescribed(fromServer, data.toString());
    if (!isKnown) throw new Error(`a frame on ${id} that AsyncAPI does not describe: ${data.toString()}`);
  });
  socket.on('close', (code: number, reason: Buffer) => {
    if (!unsentCodes.includes(code) && !closeCodes.includes(code))
      throw new Error(`a close code on ${id} that AsyncAPI does not describe: ${code} ${reason.toString()}`);
    if (reason.toString() === unknownFrame && !isUnknownSent)
      throw new Error(`a frame on ${id} was refused, although AsyncAPI describes it`);
  });
  return socket;
}
