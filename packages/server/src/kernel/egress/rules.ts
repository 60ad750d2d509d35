import { BlockList } from 'node:net';
import { addressForms, type AddressForm } from './address-forms.ts';

/** One list of destinations: networks, and patterns of host names. */
export interface DestinationList {
  /** Whether the address, in this form, is in one of the networks. */
  hasAddress(form: AddressForm): boolean;
  /** The patterns, in lower case. */
  readonly names: readonly string[];
  /** Whether `*` is in the list: everything that no other rule decides. */
  readonly hasRest: boolean;
}

/** Not only digits and dots, which is an incomplete address. */
const namePattern = /^(?![\d.]*$)[a-z\d*?_-][a-z\d*?._-]{0,252}$/;

/** Parses a list of rules; `undefined` if one is neither an address, a network nor a pattern. */
export function parseDestinations(rules: readonly string[]): DestinationList | undefined {
  const networks = new BlockList();
  const names: string[] = [];
  for (const rule of rules.map((text) => text.toLowerCase()).filter((text) => text !== '*')) {
    if (addNetwork(networks, rule)) continue;
    if (!namePattern.test(rule)) return undefined;
    names.push(rule);
  }
  return {
    hasAddress: ({ address, family }) => networks.check(address, family),
    names,
    hasRest: rules.includes('*'),
  };
}

/** A list that is written in this program. */
export function destinations(...rules: readonly string[]): DestinationList {
  const list = parseDestinations(rules);
  if (list === undefined) throw new Error(`not a list of destinations: ${rules.join(', ')}`);
  return list;
}

/** False if it is neither an address nor a network. */
function addNetwork(networks: BlockList, rule: string): boolean {
  const [address = '', bits, ...rest] = rule.split('/');
  const form = address.includes('%') ? undefined : addressForms(address)?.[0];
  if (form === undefined || rest.length > 0) return false;
  const widest = form.family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(/^\d{1,3}$/.test(bits) ? bits : Number.NaN);
  if (!(prefix >= 0 && prefix <= widest)) return false;
  networks.addSubnet(form.address, prefix, form.family);
  return true;
}
