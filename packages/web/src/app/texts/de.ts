import { de as accounts } from '../../features/accounts/texts/de.ts';
import { de as auditLog } from '../../features/audit-log/texts/de.ts';
import { de as auth } from '../../features/auth/texts/de.ts';
import { de as entries } from '../../features/entries/texts/de.ts';
import { de as identities } from '../../features/identities/texts/de.ts';
import { de as organizations } from '../../features/organizations/texts/de.ts';
import { de as service } from '../../features/service/texts/de.ts';
import { de as sessions } from '../../features/sessions/texts/de.ts';
import { de as settings } from '../../features/settings/texts/de.ts';
import type { Texts } from '../../lib/texts.ts';
import { de as workspace } from '../../workspace/texts/de.ts';
import { app } from './app-de.ts';
import type { en } from './en.ts';

/** Everything the app says in German. */
export const de: Texts<typeof en> = {
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
