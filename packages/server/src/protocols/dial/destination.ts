import { refuse, type AppError } from '../../kernel/app-error.ts';

/** The address to connect to. */
export interface Destination {
  /** Host name or address, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The refusal of a destination. It does not reveal what a name resolves to. */
export function destinationDenied({ host, port }: Destination): AppError {
  return refuse('destination_denied', { host, port });
}
