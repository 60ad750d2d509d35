/** The words of this feature's screens. */
export const en = {
  signIn: {
    title: 'Sign in to Gatehouse',
    username: 'Username',
    password: 'Password',
    show: 'Show or hide the password',
    act: 'Sign in',
    wrong: 'Username and password do not belong together.',
  },
  blocked: {
    title: 'There were too many wrong passwords.',
    seconds_one: 'Try again in {{count}} second.',
    seconds_other: 'Try again in {{count}} seconds.',
    minutes_one: 'Try again in {{count}} minute.',
    minutes_other: 'Try again in {{count}} minutes.',
    hours_one: 'Try again in {{count}} hour.',
    hours_other: 'Try again in {{count}} hours.',
    forever: 'Ask an administrator of this server to set a new password.',
  },
  sessions: {
    title: 'Where you are signed in',
    text: 'End what you do not recognize, and change your password.',
    device: '{{program}} on {{system}}',
    unknown: 'Unknown program',
    current: 'This browser',
    active: 'active',
    since: 'signed in',
    end: 'End',
    endOf: 'End {{device}}',
  },
};
