import { z } from 'zod';
import { maxSecretBytes } from './credential-parts/part.ts';
import { wholeNumber } from './fields.ts';
import { questionDestinationSchema } from './login-destination.ts';
import { coded } from './messages/answer-fields.ts';
import { problemSchema, stepSchema } from './problem.ts';

/** The most columns, or rows, of a terminal. */
export const maxTerminalSide = 1000;

/** The size of a terminal in characters, as a client sends it. */
export const terminalSize = {
  cols: wholeNumber(1, maxTerminalSide),
  rows: wholeNumber(1, maxTerminalSide),
};

/** The most prompts of a server that are shown to a person at once. */
const maxPrompts = 20;

/** The codes with which the server closes the WebSocket of a session; `sessionCloseCodes` says what they mean. */
export const sessionCloseCode = {
  exited: 1000,
  goingAway: 1001,
  badFrame: 1008,
  failed: 4000,
  takenOver: 4001,
  ended: 4002,
} as const;

/** Output that the client has processed. */
export const outputAckFrame = z.strictObject({ t: z.literal('ack'), bytes: z.int().nonnegative() }).meta({
  id: 'OutputAckFrame',
  description: 'The client has processed this many more bytes of output: an increment, not a total',
  examples: [{ t: 'ack', bytes: 4096 }],
});

const resizeFrame = z.strictObject({ t: z.literal('resize'), ...terminalSize }).meta({
  id: 'ResizeFrame',
  description: 'The terminal has another size, in characters; changes within 50 ms are combined',
  examples: [{ t: 'resize', cols: 120, rows: 40 }],
});

const answerFrame = z
  .strictObject({
    t: z.literal('answer'),
    id: z.int().meta({ description: 'Of the question' }),
    values: z.array(z.string().max(maxSecretBytes)).max(maxPrompts).meta({
      description:
        'One for each prompt, in their order. For a host key `["accept"]`, which pins it; anything else refuses it',
    }),
  })
  .meta({
    id: 'AnswerFrame',
    description: 'The answers of a person to a question',
    examples: [{ t: 'answer', id: 1, values: ['accept'] }],
  });

const pingFrame = z
  .strictObject({
    t: z.literal('ping'),
    id: z.int().nonnegative(),
    stream: z
      .string()
      .regex(/^[\w-]{8,64}$/)
      .optional()
      .meta({ description: 'Names the input of this client, over all sockets with which it joins the session' }),
  })
  .meta({
    id: 'PingFrame',
    description: 'Asks whether the server is still there, and how much input it has taken',
    examples: [{ t: 'ping', id: 1, stream: '5f0c2a8e91d3' }],
  });

/** The text frames of a client on the terminal's WebSocket; binary frames are input. */
export const terminalClientFrame = z.discriminatedUnion('t', [resizeFrame, answerFrame, outputAckFrame, pingFrame]);
export type TerminalClientFrame = z.output<typeof terminalClientFrame>;

/** One line of the connection log. */
const stepFrame = z.object({ t: z.literal('step'), ...stepSchema.shape }).meta({
  id: 'StepFrame',
  description: 'One line of the connection log',
  examples: [
    {
      t: 'step',
      step: 'auth',
      status: 'ok',
      ms: 41,
      detail: 'Authenticated with the password.',
      detailCode: 'auth_password',
    },
  ],
});

const questionBase = {
  t: z.literal('question'),
  id: z.int().meta({ description: 'To be repeated in the answer' }),
  destination: questionDestinationSchema.meta({ description: 'The machine that asks: where the answer goes' }),
};

const exampleDestination = {
  host: 'web.example',
  port: 22,
  jumpHosts: [],
  username: 'deploy',
  lastLoginAt: null,
  changes: [],
};
const exampleHostKey = {
  algorithm: 'ssh-ed25519',
  fingerprint: 'SHA256:OH6xlwVmxvqzFsNCpSEqFqIJIlxyjfOj2mGqPh1mDXY',
};

const hostKeyQuestionFrame = z
  .object({
    ...questionBase,
    kind: z.literal('hostkey'),
    host: z.string(),
    port: z.int(),
    algorithm: z.string(),
    fingerprint: z.string(),
  })
  .meta({
    id: 'HostKeyQuestionFrame',
    description: 'The host key of the server is not pinned: a person compares its fingerprint. Waits 2 minutes',
    examples: [
      {
        t: 'question',
        id: 1,
        kind: 'hostkey',
        host: 'web.example',
        port: 22,
        ...exampleHostKey,
        destination: { ...exampleDestination, hostKey: exampleHostKey },
      },
    ],
  });

const promptQuestionFrame = z
  .object({
    ...questionBase,
    kind: z.enum(['prompt', 'credential']).meta({
      description: '`prompt`: the server asks (keyboard-interactive). `credential`: the identity lacks it',
    }),
    title: z.string(),
    ...coded('title'),
    instructions: z.string(),
    ...coded('instructions'),
    prompts: z.array(
      z
        .object({
          text: z.string(),
          ...coded('text'),
          echo: z.boolean().meta({ description: 'Whether the answer may be seen while it is typed' }),
        })
        .meta({ id: 'Prompt' }),
    ),
  })
  .meta({
    id: 'PromptQuestionFrame',
    description: 'The login needs answers of a person. Waits 2 minutes',
    examples: [
      {
        t: 'question',
        id: 2,
        kind: 'prompt',
        title: 'Two-factor authentication',
        instructions: '',
        prompts: [{ text: 'Verification code: ', echo: false }],
        destination: { ...exampleDestination, hostKey: exampleHostKey },
      },
    ],
  });

const readyFrame = z
  .object({
    t: z.literal('ready'),
    sessionId: z.int(),
    resumed: z.boolean().meta({ description: 'Whether the replay of a terminal follows; of a command always false' }),
  })
  .meta({
    id: 'ReadyFrame',
    description: 'The shell or the command runs: output follows',
    examples: [{ t: 'ready', sessionId: 7, resumed: false }],
  });

const exitFrame = z.object({ t: z.literal('exit'), code: z.int().nullable(), signal: z.string().nullable() }).meta({
  id: 'ExitFrame',
  description:
    'The shell or the command has ended, after all of its output. Both are null if a terminal lost the connection to its server',
  examples: [
    { t: 'exit', code: 0, signal: null },
    { t: 'exit', code: null, signal: 'TERM' },
  ],
});

const errorFrame = z
  .object({
    t: z.literal('error'),
    error: z.string().meta({ description: 'A code of a problem, or session_ended' }),
    message: z.string(),
    ...coded('message'),
    hostKey: problemSchema.shape.hostKey,
  })
  .meta({
    id: 'ErrorFrame',
    description: 'The session could not be opened, or was ended; the socket is closed next',
    examples: [
      {
        t: 'error',
        error: 'session_ended',
        message: 'The session has ended: its owner ended it.',
        messageCode: 'session_ended',
        messageParams: { why: { code: 'ended_by_person', params: {} } },
      },
    ],
  });

const pongFrame = z
  .object({
    t: z.literal('pong'),
    id: z.int().meta({ description: 'Of the latest ping that was read' }),
    input: z.int().meta({ description: 'So many bytes of input were taken from this socket, or from its stream' }),
  })
  .meta({
    id: 'PongFrame',
    description: 'The answer to a ping, repeated while the program takes no input, so that the socket is not read',
    examples: [{ t: 'pong', id: 1, input: 20 }],
  });

/** The text frames of the server; binary frames are output. */
export const terminalServerFrame = z.discriminatedUnion('t', [
  stepFrame,
  z.discriminatedUnion('kind', [hostKeyQuestionFrame, promptQuestionFrame]),
  readyFrame,
  exitFrame,
  errorFrame,
  pongFrame,
]);
export type TerminalServerFrame = z.output<typeof terminalServerFrame>;

/** Those of them that a command sends, too: it asks no questions. */
export const framesOfEachSession = [stepFrame, readyFrame, exitFrame, errorFrame] as const;
