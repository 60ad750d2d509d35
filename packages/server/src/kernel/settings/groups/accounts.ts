import { live, wholeNumber, yesOrNo } from '../setting.ts';

/** Accounts and sign-ins. */
export const accounts = {
  PASSWORD_MIN_LENGTH: live({
    fallback: '8',
    meaning: 'Minimum length of an account’s password, 8 to 255',
    type: wholeNumber(8, 255),
  }),
  SELF_REGISTRATION: live({ fallback: 'false', meaning: 'Whether anyone may create an account', type: yesOrNo }),
  SESSION_IDLE_HOURS: live({
    fallback: '168',
    meaning: 'Hours without a request after which a sign-in ends',
    type: wholeNumber(1, 8_760),
  }),
  SESSION_ABSOLUTE_HOURS: live({
    fallback: '720',
    meaning: 'Hours after which a sign-in ends in any case',
    type: wholeNumber(1, 8_760),
  }),
};
