import { z } from 'zod';
import { framesOfEachSession, outputAckFrame } from './terminal-frames.ts';

/** The signals that a client may send to a command (RFC 4254 section 6.10). */
const commandSignals = ['HUP', 'INT', 'KILL', 'QUIT', 'TERM', 'USR1', 'USR2'] as const;

const endFrame = z.strictObject({ t: z.literal('end') }).meta({
  id: 'EndFrame',
  description: 'The input is complete: the command reads its end. Output goes on',
  examples: [{ t: 'end' }],
});

const signalFrame = z
  .strictObject({ t: z.literal('signal'), name: z.enum(commandSignals).meta({ id: 'CommandSignal' }) })
  .meta({
    id: 'SignalFrame',
    description: 'A signal for the command. Servers may ignore it (RFC 4254 section 6.9)',
    examples: [{ t: 'signal', name: 'TERM' }],
  });

/** The text frames of a client on the WebSocket of a command; binary frames are its standard input. */
export const commandClientFrame = z.discriminatedUnion('t', [endFrame, signalFrame, outputAckFrame]);

/** The first byte of a binary frame of the server on the WebSocket of a command; the rest is output of that stream. */
export const streamBytes = { stdout: 1, stderr: 2 } as const;

const inputAckFrame = z
  .object({
    t: z.literal('ack'),
    bytes: z.int().meta({ description: 'So many more bytes of input were taken: send no more than 512 KiB ahead' }),
  })
  .meta({
    id: 'InputAckFrame',
    description: 'The server has taken more input: an increment, not a total',
    examples: [{ t: 'ack', bytes: 65_536 }],
  });

/** The text frames of the server on the WebSocket of a command; binary frames are output. It asks no questions. */
export const commandServerFrame = z.discriminatedUnion('t', [...framesOfEachSession, inputAckFrame]);
export type CommandServerFrame = z.output<typeof commandServerFrame>;
