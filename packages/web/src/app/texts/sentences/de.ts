import type { Sentences } from '../../../lib/sentences.ts';
import { fields } from './fields-de.ts';
import { logins } from './logins-de.ts';
import { requests } from './requests-de.ts';
import { settings } from './settings-de.ts';

/** Everything the server says, in German. */
export const de: Sentences = {
  ...fields,
  ...requests,
  ...logins,
  ...settings,
  '{{field}}: {{fault}}': '{{field}}: {{fault}}',
};
