import type { CredentialPartId } from '@gatehouse/contract/credential-parts/parts';
import type { Part } from './part.ts';
import { passwordPart } from './password.ts';
import { sshKeyPart } from './ssh-key.ts';

const partOf = { password: passwordPart, 'ssh-key': sshKeyPart } satisfies Record<CredentialPartId, Part>;

/** What the server does with every part of the contract, in the contract's order. */
export const parts: readonly Part[] = Object.values(partOf);
