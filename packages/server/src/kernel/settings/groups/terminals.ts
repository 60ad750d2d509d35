import { live, wholeNumber } from '../setting.ts';

/** Terminals and other sessions on servers. */
export const terminals = {
  TERMINAL_RESUME_MINUTES: live({
    fallback: '10',
    meaning: 'How long a terminal outlives a lost connection of the browser',
    type: wholeNumber(0, 1_440),
  }),
  TERMINAL_IDLE_MINUTES: live({
    fallback: '0',
    meaning: 'A terminal without input or output ends after this long; 0: never',
    type: wholeNumber(0, 43_200),
  }),
  TERMINAL_ABSOLUTE_HOURS: live({
    fallback: '0',
    meaning: 'A terminal ends after this long, however busy; 0: never',
    type: wholeNumber(0, 8_760),
  }),
  TERMINALS_PER_ACCOUNT: live({
    fallback: '50',
    meaning: 'Most terminals that one account may have open, at one node',
    type: wholeNumber(1, 10_000),
  }),
};
