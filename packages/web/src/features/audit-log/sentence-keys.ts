import type { AuditEntry } from '@gatehouse/contract/audit';
import type { AuditAction, OutcomeOf } from '@gatehouse/contract/audit-actions';
import { categoryOf, currentAction, type AuditOutcome } from '@gatehouse/contract/audit-names';
import { coded } from '@gatehouse/contract/messages/answer-fields';
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const number = z.number().nullable().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** The details that sentences use; an entry of another version may have none of them. */
const detailsSchema = z
  .object({
    accountId: number,
    attemptedName: text,
    because: text,
    blocks: flag,
    command: text,
    commandCut: flag,
    copyOf: number,
    detail: text,
    ...coded('detail'),
    disabled: flag,
    entryName: text,
    fields: z.array(z.string()).optional().catch(undefined),
    fromOrganizationId: number,
    hidden: flag,
    isAdmin: flag,
    problem: text,
    purpose: text,
    reason: text,
    result: text,
    sessionId: number,
    toOrganizationId: number,
    username: text,
    why: text,
    ...coded('why'),
  })
  .catch({});
export type Details = z.output<typeof detailsSchema>;

/** Reads the details of an entry; never fails. */
export function detailsOf({ details }: Pick<AuditEntry, 'details'>): Details {
  return detailsSchema.parse(details);
}

/** With more changed fields, a sentence would be hard to read. */
const namedFields = 3;

type Joined<Head extends string, Tail extends string> = `${KeyOf<Head>}${Capitalize<KeyOf<Tail>>}`;
/** `identityCreate` for `identity.create`: the text key of an action. */
export type KeyOf<Name extends string> = Name extends `${infer Head}.${infer Tail}`
  ? Joined<Head, Tail>
  : Name extends `${infer Head}_${infer Tail}`
    ? Joined<Head, Tail>
    : Name extends `${infer Head}-${infer Tail}`
      ? Joined<Head, Tail>
      : Name;

/** The keys of all sentences that entries of this server need: each action with each of its outcomes. */
export type SentenceKey = {
  [A in AuditAction]: `${KeyOf<A>}${(typeof suffixes)[OutcomeOf<A>]}`;
}[AuditAction];

/** `identityCreate` for `identity.create`, by the current name of the action. */
export function keyOf(action: string): string {
  return currentAction(action).replace(/[._-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const suffixes = { ok: '', failed: 'Failed', denied: 'Denied', started: 'Started' } as const satisfies Readonly<
  Record<AuditOutcome, string>
>;

/** An entry of another version may have an unknown outcome. */
const isKnown = (outcome: string): outcome is AuditOutcome => Object.hasOwn(suffixes, outcome);

/** The keys of the sentences that fit an entry, the most specific first. Not all of them exist; the last one does. */
export function sentenceKeys(entry: AuditEntry): string[] {
  const details = detailsOf(entry);
  const suffix = isKnown(entry.outcome) ? suffixes[entry.outcome] : '';
  const base = keyOf(entry.action);
  const category = keyOf(categoryOf(currentAction(entry.action)));
  return [
    ...variantsOf(entry, details).map((variant) => base + variant),
    ...(suffix === 'Denied' && entry.resource === 'organization' && category !== 'organization'
      ? [`${category}IntoDenied`]
      : []),
    base + suffix,
    `fallback${suffix}`,
    'fallback',
  ];
}

function variantsOf(entry: AuditEntry, details: Details): string[] {
  switch (entry.outcome) {
    case 'ok':
      return variantsOfDeeds(entry, details);
    case 'started':
      return details.purpose === undefined ? [] : [keyOf(`-${details.purpose}`)];
    case 'failed':
      return entry.action === 'auth.login' ? [failedLogin(details)] : [];
    case 'denied':
      return entry.action === 'organization.invite' && entry.resource === 'account' ? ['Unknown'] : [];
    default:
      return [];
  }
}

function variantsOfDeeds(entry: AuditEntry, details: Details): string[] {
  const { action, organizationId } = entry;
  if (action.endsWith('.create') && typeof details.copyOf === 'number') return ['Copy'];
  if (action.endsWith('.create') && organizationId !== null) return ['For'];
  if (action === 'account.create') return entry.actor === entry.resourceName ? ['Own'] : [];
  if (action === 'identity.move') return typeof details.fromOrganizationId === 'number' ? ['From'] : [];
  if (action === 'session.open') return details.sessionId === null ? ['Tried'] : [];
  const own = entry.resource === 'account' && entry.accountId === entry.resourceId ? 'Own' : '';
  if (action === 'account.update' && details.fields === undefined) return [accountChange(details)];
  const fields = details.fields?.length ?? 0;
  return [...(fields > 0 && fields <= namedFields ? [`${own}Fields`] : []), ...(own === '' ? [] : [own])];
}

function accountChange({ disabled, isAdmin }: Details): string {
  if (disabled !== undefined) return disabled ? 'Disabled' : 'Enabled';
  if (isAdmin !== undefined) return isAdmin ? 'Promoted' : 'Demoted';
  return '';
}

function failedLogin({ reason, attemptedName }: Details): string {
  if (reason === 'unknown-name') return attemptedName === undefined ? 'NoName' : 'UnknownName';
  return reason === undefined ? 'Failed' : keyOf(`-${reason}`);
}

/** A part of a sentence: text, or the name of a placeholder. */
export type Part = { readonly words: string } | { readonly name: string };

const begin = '\uE000';
const end = '\uE001';
const marked = /\uE000(\w+)\uE001/;

/** Markers to pass to i18next instead of names, so that names chosen by people never pass through its templates. */
export function markers<T extends string>(names: readonly T[]): Record<T, string> {
  return Object.fromEntries(names.map((name) => [name, begin + name + end])) as Record<T, string>;
}

/** Splits a sentence at its markers. */
export function partsOf(sentence: string): Part[] {
  return sentence
    .split(marked)
    .map((piece, index) => (index % 2 === 0 ? { words: piece } : { name: piece }))
    .filter((part) => !('words' in part && part.words === ''));
}
