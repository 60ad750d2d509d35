import { live, wholeNumber } from '../setting.ts';

/** Connections of clients. */
export const connections = {
  MAX_CONNECTIONS: live({
    fallback: '2000',
    meaning: 'Maximum connections of clients to one node; fewer if the process may not open twice as many files',
    type: wholeNumber(16, 1_000_000),
  }),
  RESERVED_CONNECTIONS: live({
    fallback: '500',
    meaning: 'How many of MAX_CONNECTIONS are reserved for signed-in clients',
    type: wholeNumber(0, 1_000_000),
  }),
};
