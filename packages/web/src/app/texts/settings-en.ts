/** The words of the settings that are the app's own; the rest is with its features. */
export const settings = {
  list: 'Sections',
  back: 'Settings',
  you: 'You',
  server: 'Server',
  sections: {
    profile: 'Profile',
    security: 'Security',
    'api-keys': 'API keys',
    appearance: 'Appearance',
    terminal: 'Terminal',
    users: 'Users',
    'recovery-kit': 'Recovery kit',
    about: 'About',
  },
};
