import { refuse, type AppError } from '../../kernel/app-error.ts';

/** Where to connect. */
export interface Destination {
  /** Host name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The refusal of a destination. It does not say what a name resolves to, which the caller may not be meant to know. */
export function destinationDenied({ host, port }: Destination): AppError {
  return refuse('destination_denied', { host, port });
}
