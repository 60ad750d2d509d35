/**
 * For fields with credentials of servers: the password managers of browsers should neither fill in the person's own password nor offer to store
 * the value.
 */
export const notForPasswordManagers = {
  'data-1p-ignore': true,
  'data-bwignore': true,
  'data-lpignore': 'true',
  'data-form-type': 'other',
} as const;
