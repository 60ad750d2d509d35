import type { Backspace, Charset, EntryProtocol, HostKeyPolicy } from '@gatehouse/contract/entry-config';
import type { Owner } from '../kernel/owner.ts';
import type { Rights } from '../kernel/rights.ts';

/** An identity linked to an entry, as the caller can use it. */
export interface ResolvedLink {
  readonly identityId: number;
  readonly position: number;
  /** The binding has changed, and no account that manages the identity has confirmed it since. */
  readonly suspended: boolean;
}

/** The default identity that an entry inherits from the nearest folder that has one, or from its organization. */
export interface InheritedIdentity {
  readonly identityId: number;
  readonly from: 'folder' | 'organization';
  /** The folder or the organization. */
  readonly id: number;
  readonly suspended: boolean;
}

/** An entry as its caller may use it now. All of it was read at one time: decide again before a credential is opened. */
export interface ResolvedEntry {
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  readonly protocol: EntryProtocol;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Replaces the username of the identity. */
  readonly username: string | undefined;
  readonly config: {
    readonly jumpHosts: readonly number[];
    /** The effective policy, inherited or not. */
    readonly hostKeyPolicy: HostKeyPolicy;
    readonly legacyAlgorithms: boolean;
    /** The terminal type of its terminals. */
    readonly term: string | undefined;
    /** `LANG` of its terminals. */
    readonly locale: string | undefined;
    /** What the backspace key of its terminals sends. */
    readonly backspace: Backspace | undefined;
    /** The character set of its terminals. */
    readonly charset: Charset | undefined;
  };
  /** In order; the first is the default. */
  readonly links: readonly ResolvedLink[];
  readonly inherited: InheritedIdentity | undefined;
  /** Host, port, jump path, login and pinned keys as one text. */
  readonly binding: string;
  /** Whether a host key was pinned by `accept-new` alone, and whether managers of the owner's identities chose that. */
  readonly automaticPin: 'none' | 'confirmed' | 'unconfirmed';
  readonly rights: Rights;
  readonly mayChangeIdentities: boolean;
}

/** The entry and its jump hosts, in the order of the route. */
export interface ResolvedChain {
  readonly target: ResolvedEntry;
  readonly jumps: readonly ResolvedEntry[];
}
