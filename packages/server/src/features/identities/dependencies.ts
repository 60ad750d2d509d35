import type { CodedFields } from '@gatehouse/contract/messages/answer-fields';
import type { Step } from '@gatehouse/contract/problem';
import type { Caller } from '../../kernel/caller.ts';
import type { Change } from '../../change/change.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { OwnedQuotas } from '../../kernel/db/quotas.ts';
import type { EventStream } from '../../kernel/events.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { generatePrivateKey } from '../../vault/keys/generate.ts';
import type { inspectPrivateKey } from '../../vault/keys/inspect.ts';
import type { openSigningKey } from '../../vault/keys/open.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Part } from './parts/part.ts';

/** The steps of a login and its result. */
export interface LoginReport extends Readonly<CodedFields<'message'>> {
  readonly ok: boolean;
  readonly steps: readonly Step[];
}

/** The dependencies of this feature; `compose` passes them in. */
export interface IdentityDependencies {
  readonly database: Database;
  readonly vault: Pick<Vault, 'seal' | 'open' | 'reseal'>;
  readonly keys: {
    readonly inspect: typeof inspectPrivateKey;
    readonly open: typeof openSigningKey;
    readonly generate: typeof generatePrivateKey;
  };
  /** Every part that a credential can have. */
  readonly parts: readonly Part[];
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  /** Invalidates the cache of lists. */
  readonly events: EventStream;
  readonly change: Change;
  readonly now: () => Date;
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
  /** Logs in to an entry with an identity and disconnects. Throws what a login throws. */
  readonly testLogin: (
    caller: Caller,
    login: { readonly entryId: number; readonly identityId: number },
  ) => Promise<LoginReport>;
}
