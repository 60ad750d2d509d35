import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** The levels of pino, the gravest first, and none. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const secretNames = ['password', 'currentPassword', 'sshKey', 'passphrase', 'token', 'ticket', 'setupToken', 'secret'];

/** JSON lines on standard error; standard output is for messages to a person. Secrets are not logged; redaction is a second safeguard. */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
  const paths = [
    ...secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    'req.headers.authorization',
    'req.headers.cookie',
    'req.headers["sec-websocket-protocol"]',
  ];
  return pino(
    { level, base: null, timestamp: stdTimeFunctions.isoTime, redact: { paths, censor: '[secret]' } },
    destination,
  );
}
