import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { addressForms, type AddressForm } from './address-forms.ts';
import { destinations } from './rules.ts';

/** A TCP listener that belongs to the gateway, or is reached through a proxy in front of it. */
export interface OwnListener {
  /** Why a connection to it is denied. `public-url` is the one that an administrator can allow. */
  readonly rule: 'gateway' | 'database' | 'public-url';
  /** A name or an address; undefined: every address of this machine. */
  readonly host: string | undefined;
  readonly port: number;
}

const loopback = destinations('127.0.0.0/8', '::1');

/** Whether an address is of this machine: loopback, or one of its interfaces. */
function isLocal(form: AddressForm): boolean {
  return loopback.hasAddress(form) || interfaceAddresses().hasAddress(form);
}

/** Read each time: interfaces change. */
function interfaceAddresses() {
  const addresses = Object.values(networkInterfaces()).flatMap((infos = []) => infos.map(({ address }) => address));
  return destinations(...addresses.map((address) => address.split('%', 1).join('')));
}

/** The last resolved addresses of a name, for when the name servers do not answer. */
type KnownAddresses = Map<string, readonly AddressForm[]>;

interface Destination {
  readonly name: string;
  /** Undefined if the name is not resolved yet. */
  readonly forms: readonly AddressForm[] | undefined;
}

/** Recognizes the gateway's own listeners under any name, spelling or interface. */
export function createListenerCheck(listeners: () => readonly OwnListener[]) {
  const known: KnownAddresses = new Map();
  return async (to: Destination & { readonly port: number }) => {
    for (const listener of listeners().filter(({ port }) => port === to.port))
      if (await leadsTo(listener, to, known)) return listener.rule;
    return undefined;
  };
}

async function leadsTo({ host }: OwnListener, { name, forms }: Destination, known: KnownAddresses): Promise<boolean> {
  if (host === undefined) return forms?.some(isLocal) ?? false;
  if (forms === undefined) return host === name;
  if (forms.length === 0) return false;
  const listening = await addressesOf(host, known);
  // A listener on one address may exist on the others, too.
  if (listening.some(isLocal) && forms.some(isLocal)) return true;
  return host === name || forms.some((form) => listening.some(({ address }) => address === form.address));
}

async function addressesOf(host: string, known: KnownAddresses): Promise<readonly AddressForm[]> {
  const literal = addressForms(host);
  if (literal !== undefined) return literal;
  try {
    const found = (await lookup(host, { all: true })).flatMap(({ address }) => addressForms(address) ?? []);
    known.set(host, found);
    return found;
  } catch {
    // If the name servers do not answer, the last result is the best available.
    return known.get(host) ?? [];
  }
}
