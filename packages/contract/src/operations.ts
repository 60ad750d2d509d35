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
import * as sshConfigImport from './ssh-config-import.ts';
import * as site from './site.ts';
import * as settings from './settings.ts';
import * as users from './users.ts';

const resources = [
  site,
  auth,
  accounts,
  users,
  organizations,
  identities,
  generatedKeys,
  folders,
  entries,
  sshConfigImport,
  hostKeys,
  connections,
  audit,
  settings,
  documentation,
] as const;

type IdsOf<Resource> = {
  [Name in keyof Resource]: Resource[Name] extends { readonly method: string; readonly id: infer Id extends string }
    ? Id
    : never;
}[keyof Resource];
type IdsOfEach<Resource> = Resource extends unknown ? IdsOf<Resource> : never;

/** The id of an operation: a table with a value for each of them does not compile while one is missing. */
export type OperationId = IdsOfEach<(typeof resources)[number]>;

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'result' in value;
}

/** Every operation of the API, in the order in which the documentation shows them. */
export const operations: readonly Operation[] = resources.flatMap((resource) =>
  Object.values(resource).filter(isOperation),
);
