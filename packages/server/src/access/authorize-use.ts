import type { Caller } from '../kernel/caller.ts';
import { sameDestination, sameRoute } from './binding.ts';
import type { IdentityReason } from './choose-identity.ts';
import type { AccessDependencies, AuthorizationRequest, UseRequest } from './authorize-route.ts';
import { decide, decideAgain, type Decision } from './decide.ts';
import type { IdentityRef } from './decide-identity.ts';
import type { ResolvedEntry } from './resolved-entry.ts';
import { effectOf, type Effect, type Revoked } from './revocation.ts';
import type { Use } from './uses.ts';

/**
 * An authorized use of a server. Only `authorizeUse` makes one, and it is the only way to log in, to open a credential, or to connect to a
 * server: the class is not exported, and its private fields make every other object unlike it.
 */
export type Grant = AuthorizedUse;

/** The part of a grant that opens the credential of one identity for one machine. Only a grant has one. */
export type IdentityGrant = AuthorizedIdentity;

/** One machine of a grant's way. */
export interface GrantedHop {
  readonly entry: ResolvedEntry;
  /** What logs in to it; absent where the caller brings it, is asked, or nothing logs in. */
  readonly identity: IdentityGrant | undefined;
}

/** Decides who may use which server in which way. */
export interface Access {
  /**
   * Decides whether the caller may use an entry in this way, and which identity logs in. Throws `unauthenticated`, `not_found`, `forbidden`,
   * `link_suspended`, `invalid_request` where the entry does not speak what the use needs, `conflict` or `credential_required` for a jump host.
   * Nothing has left this process then.
   */
  authorizeUse(caller: Caller, request: UseRequest): Promise<Grant>;
}

/** The one place where uses of servers are decided. */
export function createAccess(dependencies: AccessDependencies): Access {
  return {
    async authorizeUse(caller, request) {
      const asked = { ...request, callers: [caller] } as const;
      return new AuthorizedUse(dependencies, asked, await decide(dependencies, asked));
    },
  };
}

class AuthorizedIdentity {
  readonly identity: IdentityRef;
  /** Why this identity and not another one. */
  readonly because: IdentityReason;
  readonly entry: ResolvedEntry;
  readonly caller: Caller;
  readonly #recheck: () => Promise<void>;

  constructor(caller: Caller, { entry, choice }: GrantedChoice, recheck: () => Promise<void>) {
    this.caller = caller;
    this.entry = entry;
    this.identity = choice.identity;
    this.because = choice.because;
    this.#recheck = recheck;
  }

  /**
   * Repeats the whole decision before a part of the credential is opened: since it was made, the host key may have been pinned, or the entry
   * changed. Throws why it is not authorized any more; an entry that was changed in any way is `link_suspended`.
   */
  recheck(): Promise<void> {
    return this.#recheck();
  }
}

interface GrantedChoice {
  readonly entry: ResolvedEntry;
  readonly choice: NonNullable<Decision['target']['choice']>;
}

class AuthorizedUse {
  readonly caller: Caller;
  readonly use: Use;
  readonly jumps: readonly GrantedHop[];
  readonly target: GrantedHop;
  readonly #dependencies: AccessDependencies;
  readonly #asked: AuthorizationRequest;
  readonly #decision: Decision;

  constructor(dependencies: AccessDependencies, asked: AuthorizationRequest, decision: Decision) {
    this.#dependencies = dependencies;
    this.#asked = asked;
    this.#decision = decision;
    this.caller = asked.callers[0];
    this.use = asked.use;
    const hop = ({ entry, choice }: Decision['target']): GrantedHop => ({
      entry,
      identity:
        choice &&
        new AuthorizedIdentity(this.caller, { entry, choice }, () =>
          decideAgain(dependencies, asked, decision, sameDestination),
        ),
    });
    this.jumps = decision.jumps.map(hop);
    this.target = hop(decision.target);
  }

  /** The jump hosts in order, then the target. */
  get hops(): readonly GrantedHop[] {
    return [...this.jumps, this.target];
  }

  /** The sign-ins that the grant is based on: the caller's, and that of who joined last. */
  get callers(): readonly Caller[] {
    return this.#asked.callers;
  }

  /** The same grant, based on another sign-in of the account as well. */
  joinedBy(caller: Caller): Grant {
    return new AuthorizedUse(this.#dependencies, { ...this.#asked, callers: [this.caller, caller] }, this.#decision);
  }

  /** Repeats the whole decision: sign-ins, rights, the way, the identities and their bindings. Throws why the use must end. */
  recheck(): Promise<void> {
    return decideAgain(this.#dependencies, this.#asked, this.#decision, sameRoute);
  }

  /** Whether a revocation ends what was begun with this grant. */
  isRevokedBy(what: Revoked): Effect {
    const identities = this.hops.flatMap(({ identity }) => identity?.identity ?? []);
    return effectOf(what, {
      callers: this.callers,
      owners: [...this.hops.map(({ entry }) => entry.owner), ...identities.map(({ owner }) => owner)],
      entryIds: this.hops.map(({ entry }) => entry.id),
      identityIds: identities.map(({ id }) => id),
    });
  }
}
