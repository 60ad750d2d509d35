import type { Sentences } from '../../../lib/sentences.ts';

/** What the server says below a field, as the page says it; everything else is English already. */
export const en: Sentences = {
  'Invalid input: expected {{type}}, received undefined': 'Is missing.',
  'must not be empty': 'Is missing.',
  'must have at least 1 characters': 'Is missing.',
  'must have at least {{least}} characters': 'At least {{least}} characters.',
  'must have at most {{most}} characters': 'At most {{most}} characters.',
  'must be at least {{least}}': 'At least {{least}}.',
  'must be at most {{most}}': 'At most {{most}}.',
  'must be a whole number from {{least}} to {{most}}': 'A whole number from {{least}} to {{most}}.',
  'must be a host name or an IP address, without user name and port':
    'A host name or an address, without user name and port.',
  'must be 3 to 32 letters, digits, dots, underscores or hyphens':
    '3 to 32 letters, digits, dots, underscores or hyphens.',
  'must not contain control characters or lone surrogates': 'Holds characters that nobody can see.',
  'is one of the most common passwords': 'Is one of the most common passwords.',
  'must not be the username or the name of this product': 'Must not be the username or the name of this product.',
};
