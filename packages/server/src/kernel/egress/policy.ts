import { normalizeHost } from '@gatehouse/contract/host-address';
import { matchesPattern } from '../host-pattern.ts';
import { addressForms, type AddressForm } from './address-forms.ts';
import { createListenerCheck, type OwnListener } from './own-listeners.ts';
import { destinations, type DestinationList } from './rules.ts';

/** What a connection is for. `other`: tunnels and every protocol but SSH logins. */
export type EgressUse = 'ssh-login' | 'other';

/** Why a connection is denied; for the audit log, since it says what a name resolves to. */
export type EgressRule =
  | OwnListener['rule']
  | 'deny-list'
  | 'metadata'
  | 'unspecified'
  | 'link-local'
  | 'multicast'
  | 'broadcast'
  | 'loopback'
  | 'not-in-allow-list';

/** A connection to be made, or just made. */
export interface EgressRequest {
  /** As requested: a name or an address. */
  readonly host: string;
  readonly port: number;
  /** The resolved or connected address. Absent before the lookup, and if a jump host resolves the name. */
  readonly address?: string;
  /** Whether the gateway itself connects. For a jump host, a loopback address is its own. */
  readonly from: 'gateway' | 'jump-host';
}

/** The lists that an administrator configures. */
export interface EgressLists {
  readonly allow: DestinationList;
  readonly deny: DestinationList;
}

interface PolicyOptions {
  /** Read at each connection, so that changes apply at once. */
  readonly lists: () => EgressLists;
  readonly listeners: () => readonly OwnListener[];
}

/** Decides where the gateway may connect; resolves to the rule that denies it. docs/decisions/0013-egress-policy.md has the order of the rules. */
export type EgressPolicy = (use: EgressUse, request: EgressRequest) => Promise<EgressRule | undefined>;

const loopback = destinations('127.0.0.0/8', '::1');
/** Denied for every use, in the order in which the audit log names them. */
const neverByDefault: readonly (readonly [EgressRule, DestinationList])[] = [
  [
    'metadata',
    destinations(
      '169.254.169.254', // AWS, Azure, Google, Oracle, DigitalOcean…
      '169.254.170.2', // AWS ECS
      '169.254.170.23', // AWS EKS
      'fd00:ec2::254',
      'fd00:ec2::23',
      'fd20:ce::254', // Google
      '100.100.100.200', // Alibaba
      '168.63.129.16', // Azure
      '192.0.0.192', // Oracle
      'metadata.google.internal',
      'metadata.goog',
      'instance-data.ec2.internal',
    ),
  ],
  ['unspecified', destinations('0.0.0.0/8', '::')],
  ['link-local', destinations('169.254.0.0/16', 'fe80::/10')],
  ['multicast', destinations('224.0.0.0/4', 'ff00::/8')],
  ['broadcast', destinations('255.255.255.255')],
];

/** Creates the policy from lists and listeners. */
export function createEgressPolicy({ lists, listeners }: PolicyOptions): EgressPolicy {
  const findListener = createListenerCheck(listeners);
  return async (use, { host, port, address, from }) => {
    const { allow, deny } = lists();
    // Numbers such as 2130706433 and 0x7f.1 are addresses, too; the URL parser knows them.
    const name = normalizeHost(host) ?? host.toLowerCase();
    const forms = addressForms(address ?? name);
    const listener = await findListener({ name, port, forms: from === 'gateway' ? forms : withoutLoopback(forms) });
    if (listener === 'gateway' || listener === 'database') return listener;
    if (isNamed(name, deny)) return 'deny-list';
    const names = { name, allowed: isNamed(name, allow) };
    if (forms === undefined) return decideName(names, { allow, deny, from, listener });
    return first(forms, (form) => decideAddress(form, names, { allow, deny, listener, use, from }));
  };
}

interface Name {
  readonly name: string;
  /** Whether a pattern of the allow list matches it. */
  readonly allowed: boolean;
}

interface Decision extends EgressLists {
  readonly from: EgressRequest['from'];
  readonly listener: 'public-url' | undefined;
}

/** Decides by the name alone. What it does not decide, the addresses do, unless a jump host resolves the name. */
function decideName({ name, allowed }: Name, { deny, from, listener }: Decision): EgressRule | undefined {
  if (allowed) return undefined;
  const builtIn = neverByDefault.find(([, { names }]) => names.includes(name))?.[0];
  const rest = deny.hasRest && from === 'jump-host' ? 'not-in-allow-list' : undefined;
  return listener ?? builtIn ?? rest;
}

function decideAddress(
  form: AddressForm,
  { allowed }: Name,
  { allow, deny, listener, use, from }: Decision & { readonly use: EgressUse },
): EgressRule | undefined {
  if (deny.hasAddress(form)) return 'deny-list';
  if (allow.hasAddress(form)) return undefined;
  // A pattern does not allow addresses that are denied by kind: the owner of a name chooses what it resolves to.
  const builtIn = neverByDefault.find(([, list]) => list.hasAddress(form))?.[0];
  if (builtIn !== undefined) return builtIn;
  if (use !== 'ssh-login' && from === 'gateway' && loopback.hasAddress(form)) return 'loopback';
  if (allowed) return undefined;
  return listener ?? (deny.hasRest ? 'not-in-allow-list' : undefined);
}

function isNamed(name: string, { names }: DestinationList): boolean {
  return names.some((pattern) => matchesPattern(name, pattern));
}

function withoutLoopback(forms: readonly AddressForm[] | undefined): readonly AddressForm[] | undefined {
  return forms?.filter((form) => !loopback.hasAddress(form));
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
