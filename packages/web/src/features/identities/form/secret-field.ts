/**
 * For fields that hold the logins of servers: the password managers of browsers should neither fill them with the person's own password nor
 * offer to keep them.
 */
export const notForPasswordManagers = {
  'data-1p-ignore': true,
  'data-bwignore': true,
  'data-lpignore': 'true',
  'data-form-type': 'other',
} as const;
