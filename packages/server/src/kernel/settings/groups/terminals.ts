import { live, wholeNumber } from '../setting.ts';

/** Terminals and other sessions on servers. */
export const terminals = {
  LOGIN_ANSWER_SECONDS: live({
    fallback: '120',
    meaning:
      'Seconds that a server may take to answer the authentication of a login, for example while a person approves it on a phone',
    type: wholeNumber(5, 600),
  }),
  TERMINAL_RESUME_MINUTES: live({
    fallback: '10',
    meaning: 'Minutes that a terminal waits for its client to reconnect',
    type: wholeNumber(0, 1_440),
  }),
  TERMINAL_IDLE_MINUTES: live({
    fallback: '0',
    meaning: 'Minutes without input or output after which a terminal ends; 0: never',
    type: wholeNumber(0, 43_200),
  }),
  TERMINAL_ABSOLUTE_HOURS: live({
    fallback: '0',
    meaning: 'Hours after which a terminal ends in any case; 0: never',
    type: wholeNumber(0, 8_760),
  }),
  TERMINALS_PER_ACCOUNT: live({
    fallback: '50',
    meaning: 'Maximum open terminals per account and node',
    type: wholeNumber(1, 10_000),
  }),
};
