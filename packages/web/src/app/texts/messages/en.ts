import { messageCodes, messageRow, type MessageCode } from '@gatehouse/contract/messages/message';

/** What the page says instead of the sentence of the contract: it stands below a field. */
const ownWords: Readonly<Partial<Record<MessageCode, string>>> = {
  value_missing: 'Required',
  must_not_be_empty: 'Required',
  value_empty: 'Required',
  too_few_characters: 'At least {{least}} characters.',
  too_many_characters: 'At most {{most}} characters.',
  too_small: 'At least {{least}}.',
  too_large: 'At most {{most}}.',
  not_whole_within: 'A whole number from {{least}} to {{most}}.',
  not_a_host: 'A host name or an address, without user name and port.',
  username_malformed: '3 to 32 letters, digits, dots, underscores or hyphens.',
  control_characters: 'Must not contain control characters.',
  password_common: 'Is one of the most common passwords.',
  password_guessable: 'Must not be the username or the name of this product.',
  addresses_malformed:
    'Must list addresses, networks such as 10.0.0.0/8 and patterns such as *.example.org, separated by commas.',
  allow_all_refused: 'Must not contain *: what no rule denies is allowed anyway.',
  setting_fixed_by_environment: 'Set by the environment; it can only be changed there.',
  setting_fixed_by_file: 'Set by the configuration file; it can only be changed there.',
};

/** What every message of the server says in English. */
export const en: Readonly<Record<MessageCode, string>> = {
  ...(Object.fromEntries(messageCodes.map((code) => [code, messageRow(code).en])) as Record<MessageCode, string>),
  ...ownWords,
};
