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
  'must list addresses, networks such as 10.0.0.0/8 and patterns such as *.example.org, separated by commas':
    'Must list addresses, networks such as 10.0.0.0/8 and patterns such as *.example.org, separated by commas.',
  'must not hold *: what no rule denies is allowed anyway':
    'Must not contain *: what no rule denies is allowed anyway.',
  'is set by the environment and can only be changed there': 'Set by the environment; it can only be changed there.',
  'is set by the configuration file and can only be changed there':
    'Set by the configuration file; it can only be changed there.',
  'true: anybody may make an account': 'Anyone may create an account',
};
