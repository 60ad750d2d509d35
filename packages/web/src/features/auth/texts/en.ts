/** The words of this feature's screens. */
export const en = {
  signIn: {
    title: 'Sign in to Gatehouse',
    username: 'Username',
    password: 'Password',
    show: 'Show or hide password',
    act: 'Sign in',
    wrong: 'Wrong username or password.',
  },
  blocked: {
    title: 'Too many failed sign-in attempts.',
    seconds_one: 'Try again in {{count}} second.',
    seconds_other: 'Try again in {{count}} seconds.',
    minutes_one: 'Try again in {{count}} minute.',
    minutes_other: 'Try again in {{count}} minutes.',
    hours_one: 'Try again in {{count}} hour.',
    hours_other: 'Try again in {{count}} hours.',
    forever: 'Ask an administrator of this server to reset your password.',
  },
  sessions: {
    title: 'Sign-ins',
    text: 'If you do not recognize a sign-in, end it and change your password.',
    device: '{{program}} on {{system}}',
    unknown: 'Unknown client',
    current: 'This browser',
    active: 'last active',
    since: 'signed in',
    end: 'End',
    endOf: 'End sign-in on {{device}}',
  },
};
