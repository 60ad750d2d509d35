import type { IdentityType } from '@gatehouse/contract/credential-parts/part';
import {
  identityKeySchema,
  sshKeyPart as contract,
  type IdentityKey,
} from '@gatehouse/contract/credential-parts/ssh-key';
import type { Warning } from '@gatehouse/contract/identities';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import { AppError } from '../../../kernel/app-error.ts';
import type { KeyFindingSlug } from '../../../vault/keys/finding.ts';
import type { KeyInspection } from '../../../vault/keys/inspection.ts';
import type { SigningKey } from '../../../vault/keys/signing-key.ts';
import { Secret } from '../../../vault/secret.ts';
import type { View } from '../view.ts';
import { deleteGeneratedKey } from '../repository.ts';
import { requireGeneratedKey, generatedKeySlot } from '../generated-key.ts';
import type { Ask, Credential, HeldPart, Part } from './part.ts';

/** How often a person may mistype a passphrase. */
const maxPassphraseTries = 3;

/** An SSH private key with its passphrase. */
export const sshKeyPart: Part = {
  contract,
  turn: 1,
  *read({ sshKey, generatedKey, passphrase }, take) {
    if (sshKey !== undefined) yield ['sshKey', { kind: 'sent', secret: take(sshKey) }];
    else if (generatedKey !== undefined) yield ['sshKey', { kind: 'generated', handle: generatedKey }];
    if (passphrase === null || passphrase === '') yield ['passphrase', { kind: 'none' }];
    else if (passphrase !== undefined) yield ['passphrase', { kind: 'sent', secret: take(passphrase) }];
  },
  resolve: resolveGeneratedKey,
  companions: [{ field: 'passphrase', of: 'sshKey', alone: 'passphrase_without_key' }],
  missing: (type) => ({
    path: 'sshKey',
    warning: 'key_missing',
    ...codedFields('message', say('key_missing', { type })),
  }),
  facts: {
    column: 'key_facts',
    async inspect(open, inspectKey) {
      const key = await open('sshKey');
      if (key === undefined) throw new Error('there is no key to look at');
      const inspection = await inspectKey(key, await open('passphrase'));
      return { facts: JSON.stringify(keyFacts(inspection)), warnings: keyWarnings(inspection) };
    },
    auditOf: keyChange,
  },
  login(held) {
    switch (statusOf(held)) {
      case 'ready':
        return { offer: { method: 'publickey', open: () => openKey(held, undefined) } };
      case 'locked':
        return {
          missing: 'lacks_passphrase',
          askFor: (ask) => ({ method: 'publickey', open: () => openLockedKey(held, ask) }),
        };
      case 'unreadable':
        return { missing: 'lacks_readable_key' };
      case 'missing':
        return { missing: 'lacks_key' };
    }
  },
};

/** A generated key comes with its passphrase, unless the request has another one. */
async function resolveGeneratedKey(view: View, credential: Credential, type: IdentityType): Promise<Credential> {
  const source = credential.get('sshKey');
  if (source?.kind !== 'generated') return credential;
  const waiting = await requireGeneratedKey(view, source.handle);
  const resolved = new Map(credential).set('sshKey', {
    kind: 'sealed',
    frame: waiting.frame,
    slot: generatedKeySlot(waiting, 'sshKey'),
    namedBy: 'generatedKey',
    onWritten: (trx) => deleteGeneratedKey(trx, waiting),
  });
  const { passphraseFrame } = waiting;
  if (passphraseFrame instanceof Buffer && !credential.has('passphrase') && contract.types.some((own) => own === type))
    resolved.set('passphrase', {
      kind: 'sealed',
      frame: passphraseFrame,
      slot: generatedKeySlot(waiting, 'passphrase'),
    });
  return resolved;
}

/** The public facts of a key, as they are stored and shown. */
function keyFacts({ status, facts, encrypted }: KeyInspection): IdentityKey {
  return {
    algorithm: facts?.algorithm ?? null,
    bits: facts?.bits ?? null,
    fingerprint: facts?.fingerprint ?? null,
    publicKey: facts?.publicKey ?? null,
    encrypted: encrypted ?? null,
    status,
  };
}

const passphraseFindings: ReadonlySet<KeyFindingSlug> = new Set([
  'key_locked',
  'passphrase_wrong',
  'passphrase_not_needed',
]);

/** What is wrong with the key, in the words of the contract. */
function keyWarnings(inspection: KeyInspection): Warning[] {
  return inspection.findings.map(({ finding }) => ({
    path: passphraseFindings.has(finding) ? 'passphrase' : 'sshKey',
    warning: finding,
    ...codedFields('message', say(finding)),
  }));
}

/** The fingerprints before and after a key was added, removed or replaced; null without a key. */
function keyChange(before: string | null, after: string | null) {
  const [old, current] = [before, after].map((text) => (text === null ? null : parseFacts(text).fingerprint));
  return old === current ? {} : { keyFingerprints: { old: old ?? null, new: current ?? null } };
}

function parseFacts(text: string): IdentityKey {
  return identityKeySchema.parse(JSON.parse(text));
}

function statusOf({ fields, facts }: HeldPart) {
  // A key from the request is inspected when it is opened.
  if (facts === undefined) return fields.has('sshKey') ? 'ready' : 'missing';
  return facts.key_facts === null ? 'missing' : parseFacts(facts.key_facts).status;
}

/** @param typed instead of the stored passphrase; stays the caller's to destroy. */
async function openKey(held: HeldPart, typed: Secret | undefined): Promise<SigningKey | undefined> {
  const key = await held.open('sshKey');
  if (key === undefined) return undefined;
  let stored: Secret | undefined;
  let signing: SigningKey | undefined;
  try {
    if (typed === undefined) stored = await held.open('passphrase');
    signing = await held.openKey(key, typed ?? stored);
    // Opening can take seconds; if the identity was deleted meanwhile, the key must not be used.
    await held.recheck();
    return signing;
  } catch (error) {
    signing?.[Symbol.dispose]();
    throw error;
  } finally {
    key.destroy();
    stored?.destroy();
  }
}

/** Without an answer the login continues without the key. */
async function openLockedKey(held: HeldPart, ask: Ask): Promise<SigningKey | undefined> {
  const prompt = { text: say('ask_passphrase', { identity: held.name }), echo: false };
  let why = say('ask_key_locked');
  for (let tries = 1; ; tries += 1) {
    const typed = await ask(why, prompt);
    if (typed === '') return undefined;
    using passphrase = Secret.fromText(typed);
    try {
      return await openKey(held, passphrase);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'credential_required' || tries === maxPassphraseTries)
        throw error;
      why = say('ask_passphrase_wrong');
    }
  }
}
