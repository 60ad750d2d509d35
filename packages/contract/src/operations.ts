import * as accounts from './accounts.ts';
import * as audit from './audit.ts';
import * as auth from './auth.ts';
import * as connections from './connections.ts';
import * as documentation from './documentation.ts';
import * as entries from './entries.ts';
import * as hostKeys from './entry-host-keys.ts';
import * as folders from './folders.ts';
import * as generatedKeys from './generated-keys.ts';
import * as identities from './identities.ts';
import type { Operation } from './operation.ts';
import * as organizations from './organizations.ts';
import * as service from './service.ts';
import * as settings from './settings.ts';
import * as users from './users.ts';

const resources: readonly Readonly<Record<string, unknown>>[] = [
  service,
  auth,
  accounts,
  users,
  organizations,
  identities,
  generatedKeys,
  folders,
  entries,
  hostKeys,
  connections,
  audit,
  settings,
  documentation,
];

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'result' in value;
}

/** Every operation of the API, in the order in which the documentation shows them. */
export const operations: readonly Operation[] = resources.flatMap((resource) =>
  Object.values(resource).filter(isOperation),
);
