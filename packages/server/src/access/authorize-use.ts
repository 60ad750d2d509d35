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
 * An authorized use of a server. Only `authorizeUse` creates one, and logins, opening a credential and connecting to a server require one: the class
 * is not exported, and its private fields prevent other objects from having its type.
 */
export type Grant = AuthorizedUse;

/** The part of a grant that opens the credential of one identity for one hop. Only a grant contains one. */
export type IdentityGrant = AuthorizedIdentity;

/** One hop of a grant's route. */
export interface GrantedHop {
  readonly entry: ResolvedEntry;
  /** The identity that logs in to it; absent if the caller supplies the credential, is asked, or nothing logs in. */
  readonly identity: IdentityGrant | undefined;
}

/** Decides which caller may use which server in which way. */
export interface Access {
  /**
   * Decides whether the caller may use an entry in this way, and which identity logs in. Throws `unauthenticated`, `not_found`, `forbidden`,
   * `link_suspended`, `invalid_request` if the entry does not have a protocol of the use, `conflict` or `credential_required` for a jump host.
   * Nothing has been sent then.
   */
  authorizeUse(caller: Caller, request: UseRequest): Promise<Grant>;
}

/** The only place where uses of servers are decided. */
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
  /** Why this identity was chosen. */
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
   * Repeats the whole decision before a part of the credential is opened, because the host key may have been pinned or the entry changed since.
   * Throws why the use is not authorized any more; any change of the entry is `link_suspended`.
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

  /** The sign-ins that the grant is based on: that of the caller, and the one that joined last. */
  get callers(): readonly Caller[] {
    return this.#asked.callers;
  }

  /** The same grant, based on another sign-in of the account as well. */
  joinedBy(caller: Caller): Grant {
    return new AuthorizedUse(this.#dependencies, { ...this.#asked, callers: [this.caller, caller] }, this.#decision);
  }

  /** Repeats the whole decision: sign-ins, rights, the route, the identities and their bindings. Throws why the use must end. */
  recheck(): Promise<void> {
    return decideAgain(this.#dependencies, this.#asked, this.#decision, sameRoute);
  }

  /** Whether a revocation revokes this grant. */
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
