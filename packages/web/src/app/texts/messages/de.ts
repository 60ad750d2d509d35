import type { MessageCode } from '@gatehouse/contract/messages/message';
import { access } from './de/access.ts';
import { audit } from './de/audit.ts';
import { authentication } from './de/authentication.ts';
import { closings } from './de/closings.ts';
import { configuration } from './de/configuration.ts';
import { connecting } from './de/connecting.ts';
import { entries } from './de/entries.ts';
import { fields } from './de/fields.ts';
import { identities } from './de/identities.ts';
import { imports } from './de/imports.ts';
import { keyExchange } from './de/key-exchange.ts';
import { logins } from './de/logins.ts';
import { organizations } from './de/organizations.ts';
import { outcomes } from './de/outcomes.ts';
import { requests } from './de/requests.ts';
import { sessions } from './de/sessions.ts';
import { signIn } from './de/sign-in.ts';

/** What every message of the server says in German. */
export const de: Readonly<Record<MessageCode, string>> = {
  ...requests,
  ...fields,
  ...signIn,
  ...organizations,
  ...identities,
  ...entries,
  ...imports,
  ...access,
  ...logins,
  ...connecting,
  ...keyExchange,
  ...authentication,
  ...sessions,
  ...closings,
  ...audit,
  ...outcomes,
  ...configuration,
};
