import { live, wholeNumber, yesOrNo } from '../setting.ts';

/** Accounts and sign-ins. */
export const accounts = {
  PASSWORD_MIN_LENGTH: live({
    fallback: '8',
    meaning: 'Shortest password that an account may have, 8 to 255',
    type: wholeNumber(8, 255),
  }),
  SELF_REGISTRATION: live({ fallback: 'false', meaning: 'true: anybody may make an account', type: yesOrNo }),
  SESSION_IDLE_HOURS: live({
    fallback: '168',
    meaning: 'A sign-in ends after this long without a request',
    type: wholeNumber(1, 8_760),
  }),
  SESSION_ABSOLUTE_HOURS: live({
    fallback: '720',
    meaning: 'A sign-in ends after this long, however busy',
    type: wholeNumber(1, 8_760),
  }),
};
