import { en as accounts } from '../../features/accounts/texts/en.ts';
import { en as auditLog } from '../../features/audit-log/texts/en.ts';
import { en as auth } from '../../features/auth/texts/en.ts';
import { en as entries } from '../../features/entries/texts/en.ts';
import { en as identities } from '../../features/identities/texts/en.ts';
import { en as organizations } from '../../features/organizations/texts/en.ts';
import { en as service } from '../../features/service/texts/en.ts';
import { en as sessions } from '../../features/sessions/texts/en.ts';
import { en as settings } from '../../features/settings/texts/en.ts';
import { en as workspace } from '../../workspace/texts/en.ts';
import { app } from './app-en.ts';

/** Everything the app says in English, a namespace for each feature. */
export const en = {
  app,
  accounts,
  auditLog,
  auth,
  entries,
  identities,
  organizations,
  service,
  sessions,
  settings,
  workspace,
};
