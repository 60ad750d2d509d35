import type { Client } from '../../kernel/caller.ts';
import { addressRule, personRule, type Rule } from './limits.ts';
import { networkOf } from './network.ts';

/** HMAC under a key of this installation: what is stored under it tells nothing about what was typed. */
export type Mac = (purpose: string, data: string) => Buffer;

/** Who is tried to be, and from where. */
export interface ClaimedAccount {
  readonly usernameKey: string;
  /** Undefined for a name that nobody has; it is limited all the same. */
  readonly accountId: number | undefined;
  readonly client: Client;
}

/** What tries are counted against. */
export interface Subject {
  readonly key: string;
  readonly rule: Rule;
}

/** Stands in for the account that a wrong name does not have; ids begin with 1. */
const noAccount = 0;

/** A program or browser in a network, as one account knows it. */
export function deviceOf(
  mac: Mac,
  { accountId = noAccount, client }: ClaimedAccount,
): { accountId: number; device: string } {
  const device = mac('known-device', `${accountId}\n${networkOf(client.ip)}\n${client.userAgent}`).toString('hex');
  return { accountId, device };
}

/** Of the keys of accounts that are tried from devices that they do not know. */
export const accountPrefix = 'account:';

/** By name, so that a name that nobody has is limited like one that somebody has. */
export function accountSubject(mac: Mac, usernameKey: string): Subject {
  return { key: `${accountPrefix}${mac('login-limit', usernameKey).toString('hex')}`, rule: personRule };
}

/** Counts the tries of one device that an account has signed in from before. */
export function deviceSubject(device: string): Subject {
  return { key: `device:${device}`, rule: personRule };
}

/** Counts the tries of one address: the whole address of IPv4, the /64 of IPv6. */
export function addressSubject({ ip }: Client): Subject {
  return { key: `address:${networkOf(ip)}`, rule: addressRule };
}

/** Somebody signed in who states the password of the account again. */
export function passwordSubject(accountId: number): Subject {
  return { key: `password:${accountId}`, rule: personRule };
}
