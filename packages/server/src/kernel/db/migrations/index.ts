import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import { up as initial } from './001-initial.ts';
import { up as shelfPositions } from './002-shelf-positions.ts';
import { up as unendedSessions } from './003-unended-sessions.ts';
import { up as hostAuthorities } from './004-host-authorities.ts';
import { up as nodes } from './005-nodes.ts';
import { up as organizationHostKeys } from './006-organization-host-keys.ts';
import { up as secretDates } from './007-secret-dates.ts';
import { up as settings } from './008-settings.ts';
import { up as apiKeyUse } from './009-api-key-use.ts';
import { up as lastLogins } from './010-last-logins.ts';
import { up as hostKeyChoices } from './011-host-key-choices.ts';
import { up as idempotentRequests } from './012-idempotent-requests.ts';
import { up as jobLeases } from './013-job-leases.ts';
import { up as hostKeyActions } from './014-host-key-actions.ts';
import { up as revokedHostKeys } from './015-revoked-host-keys.ts';
import { up as entryVersions } from './016-entry-versions.ts';

interface SchemaMigration {
  readonly up: (db: Kysely<unknown>, engine: Engine) => Promise<void>;
}

/** Every migration by name, in order: listed by hand, so that no file system decides what runs. */
export const migrations: Readonly<Record<string, SchemaMigration>> = {
  '001-initial': { up: initial },
  '002-shelf-positions': { up: shelfPositions },
  '003-unended-sessions': { up: unendedSessions },
  '004-host-authorities': { up: hostAuthorities },
  '005-nodes': { up: nodes },
  '006-organization-host-keys': { up: organizationHostKeys },
  '007-secret-dates': { up: secretDates },
  '008-settings': { up: settings },
  '009-api-key-use': { up: apiKeyUse },
  '010-last-logins': { up: lastLogins },
  '011-host-key-choices': { up: hostKeyChoices },
  '012-idempotent-requests': { up: idempotentRequests },
  '013-job-leases': { up: jobLeases },
  '014-host-key-actions': { up: hostKeyActions },
  '015-revoked-host-keys': { up: revokedHostKeys },
  '016-entry-versions': { up: entryVersions },
};
