import type { Client } from '../../kernel/caller.ts';
import { addressRule, personRule, type Rule } from './limits.ts';
import { networkOf } from './network.ts';

/** HMAC under a key of this installation: stored values reveal nothing about what was typed. */
export type Mac = (purpose: string, data: string) => Buffer;

/** The account that a client claims to be, and the client. */
export interface ClaimedAccount {
  readonly usernameKey: string;
  /** Undefined for an unknown name; it is limited all the same. */
  readonly accountId: number | undefined;
  readonly client: Client;
}

/** A counter for attempts. */
export interface Subject {
  readonly key: string;
  readonly rule: Rule;
}

/** Represents the missing account of an unknown name; ids begin with 1. */
const noAccount = 0;

/** A known device: a program or browser in a network, per account. */
export function deviceOf(
  mac: Mac,
  { accountId = noAccount, client }: ClaimedAccount,
): { accountId: number; device: string } {
  const device = mac('known-device', `${accountId}\n${networkOf(client.ip)}\n${client.userAgent}`).toString('hex');
  return { accountId, device };
}

/** The prefix of counters for accounts that are tried from unknown devices. */
export const accountPrefix = 'account:';

/** By name, so that unknown names are limited like known ones. */
export function accountSubject(mac: Mac, usernameKey: string): Subject {
  return { key: `${accountPrefix}${mac('login-limit', usernameKey).toString('hex')}`, rule: personRule };
}

/** Counts the attempts of a known device. */
export function deviceSubject(device: string): Subject {
  return { key: `device:${device}`, rule: personRule };
}

/** Counts the attempts from one address: a whole IPv4 address, or the /64 of IPv6. */
export function addressSubject({ ip }: Client): Subject {
  return { key: `address:${networkOf(ip)}`, rule: addressRule };
}

/** Counts repeated passwords of a signed-in account. */
export function passwordSubject(accountId: number): Subject {
  return { key: `password:${accountId}`, rule: personRule };
}
