/** The words of this feature's screens. */
export const en = {
  password: {
    label: 'Password',
    show: 'Show or hide the password',
    hint: 'At least 8 characters. Several words in a row are easy to keep in mind.',
    strength: {
      short: 'Too short',
      weak: 'Easily guessed',
      fair: 'Acceptable, longer is better',
      good: 'Good',
      strong: 'Strong',
    },
  },
  register: {
    username: 'Username',
    usernameHint: '3 to 32 letters, digits, dots, underscores or hyphens',
    firstName: 'First name',
    lastName: 'Last name',
    token: 'Set-up token',
    tokenHint: 'The server printed it when it started. It proves that this is your server.',
    tokenWrong: 'This is not the token that the server printed.',
    act: 'Create the account',
  },
};
