import { live, wholeNumber } from '../setting.ts';

/** Connections of clients. */
export const connections = {
  MAX_CONNECTIONS: live({
    fallback: '2000',
    meaning: 'Most connections of clients at one node; fewer where the process may not open twice as many files',
    type: wholeNumber(16, 1_000_000),
  }),
  RESERVED_CONNECTIONS: live({
    fallback: '500',
    meaning: 'How many of MAX_CONNECTIONS are kept for clients that are signed in',
    type: wholeNumber(0, 1_000_000),
  }),
};
