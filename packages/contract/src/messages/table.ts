import { access } from './access.ts';
import { audit } from './audit.ts';
import { authentication } from './authentication.ts';
import { closings } from './closings.ts';
import { configuration } from './configuration.ts';
import { connecting } from './connecting.ts';
import { entries } from './entries.ts';
import { fields } from './fields.ts';
import { identities } from './identities.ts';
import { imports } from './imports.ts';
import { keyExchange } from './key-exchange.ts';
import { logins } from './logins.ts';
import { organizations } from './organizations.ts';
import { outcomes } from './outcomes.ts';
import { requests } from './requests.ts';
import { sessions } from './sessions.ts';
import { signIn } from './sign-in.ts';

/** Every message of the server, by its code. A code keeps its meaning and its parameters; a message that is no longer sent loses its row. */
export const messageTable = {
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
