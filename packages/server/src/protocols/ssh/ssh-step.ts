import type { DialStep } from '../dial/steps.ts';

/** The steps of a login over SSH: those of dialling, then the protocol's own in this order. */
export type SshStep = DialStep | 'banner' | 'kex' | 'hostkey' | 'auth' | 'channel';
