import { z } from 'zod';
import { coded } from './messages/answer-fields.ts';
import { categoryOf, type AuditCategory, type AuditOutcome, type AuditResource } from './audit-names.ts';

/** The values that details may hold. A property that is `undefined` is left out. */
export type DetailValue = string | number | boolean | null | readonly DetailValue[] | Details;
/** The details of one entry, by name. */
export interface Details {
  readonly [name: string]: DetailValue | undefined;
}

/** A row of the table: what entries of the action are about, its possible outcomes, and the details of each. */
interface Row {
  readonly resource: AuditResource;
  /** What a refused action can be about instead: the location where something was to be put, the account that was named. */
  readonly refusedOn?: readonly AuditResource[];
  /** By outcome; one that is missing here is not recorded. */
  readonly details: Readonly<Partial<Record<AuditOutcome, z.ZodType<Details>>>>;
}

const text = z.string();
const number = z.number();
const optionalId = number.nullable();
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const nothing = z.strictObject({});
/** Hidden from the actor if the answer was that it does not exist. */
const denied = z.strictObject({ hidden: z.literal(true).optional() });
const fields = z.strictObject({ fields: list(text) });

const move = { fromOrganizationId: optionalId, toOrganizationId: optionalId };
const maybeMove = { fromOrganizationId: optionalId.optional(), toOrganizationId: optionalId.optional() };

const identityChange = {
  fields: list(text),
  /** The version of each written secret; null if it was destroyed. */
  secretVersions: z.record(text, number.nullable()),
  keyFingerprints: z.strictObject({ old: text.nullable(), new: text.nullable() }).optional(),
};

const wrongPassword = z.strictObject({ reason: z.literal('wrong-password'), blocks: z.literal(true).optional() });
const signIn = z.strictObject({
  reason: z.enum(['unknown-name', 'wrong-password', 'disabled']),
  blocks: z.literal(true).optional(),
  /** A keyed hash: people type passwords into the username field. */
  attemptedNameMac: text.optional(),
});

/** What happened to the confirmations of identities when host keys changed. */
const confirmations = {
  confirmed: list(number).optional(),
  keysOnly: list(number).optional(),
  suspended: list(number).optional(),
};
const pinned = z.strictObject({
  host: text,
  port: number,
  pinned: list(text),
  authorities: list(text),
  removed: list(text),
  revoked: list(text).optional(),
  sources: list(text),
  policyChosenBy: list(number.nullable()).optional(),
  ...confirmations,
});

const purpose = z.enum(['terminal', 'exec', 'test', 'scan']);
const intent = z.strictObject({
  sessionId: optionalId,
  purpose,
  identityId: optionalId,
  because: z.enum(['named', 'linked', 'inherited', 'direct']).nullable(),
  host: text,
  port: number,
  jumps: list(z.strictObject({ entryId: number, identityId: optionalId })),
  reason: text.nullable(),
  /** For `exec`: the command, redacted, at most 4 KiB of it. */
  command: text.optional(),
  commandCut: z.literal(true).optional(),
});
const login = z.strictObject({ intent: number, sessionId: optionalId, result: text });
const sessionEnd = z.strictObject({
  entryId: optionalId,
  identityId: optionalId,
  /** What ended it, or the code of the problem that kept it from being opened. */
  why: text,
  ...coded('why'),
  exitCode: number.nullable(),
  exitSignal: text.nullable(),
});

const useOfIdentity = { entryId: number, entryName: text, detail: text, ...coded('detail') };

const checkpoint = z.strictObject({ entries: number, hash: text });
const logVerified = z.strictObject({ entries: number, firstBad: number.nullable(), checkpoints: text });
const dataVerified = z.strictObject({
  result: text,
  opened: number,
  problems: number,
  entries: number,
  checkpoints: text,
});

/**
 * Every action that the audit log records, with all its possible details. Nothing outside this table is written: the server's types refuse it, and
 * these schemas check every entry before it is written. Entries of older versions stay unchanged.
 */
const table = {
  'account.create': { resource: 'account', details: { ok: z.strictObject({ isAdmin: z.boolean() }) } },
  'account.delete': {
    resource: 'account',
    details: { ok: z.strictObject({ identities: number, entries: number, folders: number }) },
  },
  'account.password': {
    resource: 'account',
    details: { ok: z.strictObject({ sessionsEnded: number, apiKeysEnded: number }), failed: wrongPassword },
  },
  'account.update': {
    resource: 'account',
    details: {
      ok: z.strictObject({
        fields: list(text).optional(),
        disabled: z.boolean().optional(),
        isAdmin: z.boolean().optional(),
      }),
    },
  },

  'api-key.create': {
    resource: 'api-key',
    details: { ok: z.strictObject({ keyId: text, scopes: list(text), expiresAt: text }), failed: wrongPassword },
  },
  'api-key.delete': {
    resource: 'api-key',
    details: { ok: z.strictObject({ accountId: number.optional(), username: text.optional() }), denied },
  },

  'audit.export': {
    resource: 'audit',
    details: { ok: z.strictObject({ filter: z.record(text, z.union([text, number]).optional()) }) },
  },
  'audit.no_checkpoints': {
    resource: 'audit',
    details: { ok: z.strictObject({ entries: number, forged: number }) },
  },
  'audit.restore': {
    resource: 'audit',
    details: { ok: z.strictObject({ givenUp: checkpoint, head: checkpoint }) },
  },
  'audit.verify': { resource: 'audit', details: { ok: logVerified, failed: logVerified } },

  'auth.login': { resource: 'account', details: { ok: z.strictObject({ sessionId: number }), failed: signIn } },
  'auth.logout': { resource: 'session', details: { ok: nothing } },
  'auth.scope': { resource: 'operation', details: { denied } },
  'auth.spraying': { resource: 'server', details: { failed: z.strictObject({ accounts: number }) } },

  'egress.deny': {
    resource: 'entry',
    details: {
      denied: z.strictObject({ intent: number, sessionId: optionalId, host: text, port: number, rule: text }),
    },
  },

  'entry.confirm': { resource: 'entry', details: { ok: z.strictObject({ identityId: number }), denied } },
  'entry.create': {
    resource: 'entry',
    refusedOn: ['folder', 'organization'],
    details: {
      ok: z.strictObject({
        fields: list(text).optional(),
        identities: list(number).optional(),
        copyOf: number.optional(),
      }),
      denied,
    },
  },
  'entry.delete': { resource: 'entry', details: { ok: nothing, denied } },
  'entry.read': { resource: 'entry', details: { denied } },
  'entry.update': {
    resource: 'entry',
    refusedOn: ['folder', 'organization'],
    details: { ok: z.strictObject({ fields: list(text), ...maybeMove }), denied },
  },
  'entry.use': { resource: 'entry', details: { denied } },

  'folder.create': {
    resource: 'folder',
    refusedOn: ['account', 'organization'],
    details: { ok: fields, denied },
  },
  'folder.delete': {
    resource: 'folder',
    details: { ok: z.strictObject({ folders: number, entries: list(number) }), denied },
  },
  'folder.update': {
    resource: 'folder',
    refusedOn: ['account', 'organization'],
    details: { ok: z.strictObject({ fields: list(text), entries: list(number).optional(), ...maybeMove }), denied },
  },

  'generated-key.create': {
    resource: 'key',
    details: { ok: z.strictObject({ algorithm: text, bits: number }) },
  },

  'host-key.pin': { resource: 'entry', details: { ok: pinned, denied } },
  'host-key.remove': {
    resource: 'entry',
    details: { ok: z.strictObject({ host: text, port: number, removed: list(text), ...confirmations }), denied },
  },
  'host-key.replace': { resource: 'entry', details: { ok: pinned, denied } },

  'identity.create': {
    resource: 'identity',
    refusedOn: ['organization'],
    details: { ok: z.strictObject(identityChange), denied },
  },
  'identity.credentials_access': {
    resource: 'identity',
    details: {
      failed: z.strictObject({
        field: text,
        version: number,
        entryId: number,
        entryName: text,
        host: text,
        port: number,
      }),
    },
  },
  'identity.delete': { resource: 'identity', details: { ok: z.strictObject(identityChange), denied } },
  'identity.move': { resource: 'identity', details: { ok: z.strictObject({ ...identityChange, ...move }), denied } },
  'identity.read': { resource: 'identity', details: { denied } },
  'identity.update': { resource: 'identity', details: { ok: z.strictObject(identityChange), denied } },
  'identity.use': {
    resource: 'identity',
    details: {
      ok: z.strictObject(useOfIdentity),
      failed: z.strictObject({ ...useOfIdentity, problem: text.optional() }),
      denied,
    },
  },

  'organization.create': { resource: 'organization', details: { ok: nothing } },
  'organization.delete': {
    resource: 'organization',
    details: { ok: z.strictObject({ identities: number, entries: number, folders: number, members: number }), denied },
  },
  'organization.invitation_accept': { resource: 'organization', details: { ok: nothing, denied } },
  'organization.invitation_decline': { resource: 'organization', details: { ok: nothing, denied } },
  'organization.invite': {
    resource: 'organization',
    refusedOn: ['account'],
    details: { ok: z.strictObject({ accountId: number, username: text }), denied },
  },
  'organization.leave': { resource: 'organization', details: { ok: z.strictObject({ links: number }), denied } },
  'organization.member_remove': {
    resource: 'organization',
    refusedOn: ['account'],
    details: { ok: z.strictObject({ accountId: number, links: number }), denied },
  },
  'organization.members_read': { resource: 'organization', details: { denied } },
  'organization.owner_change': {
    resource: 'organization',
    refusedOn: ['account'],
    details: { ok: z.strictObject({ accountId: number, username: text }), denied },
  },
  'organization.permissions_change': {
    resource: 'organization',
    refusedOn: ['account'],
    details: {
      ok: z.strictObject({ accountId: number, permissions: z.record(text, z.enum(['allow', 'deny'])) }),
      denied,
    },
  },
  'organization.permissions_read': { resource: 'organization', refusedOn: ['account'], details: { denied } },
  'organization.read': { resource: 'organization', details: { denied } },
  'organization.update': { resource: 'organization', details: { ok: fields, denied } },

  'session.end': { resource: 'session', details: { ok: sessionEnd, failed: sessionEnd, denied } },
  'session.open': { resource: 'entry', details: { started: intent, ok: login, failed: login, denied } },
  'session.pass': { resource: 'entry', details: { started: z.strictObject({ purpose }) } },
  'session.read': { resource: 'session', details: { denied } },
  'session.rejoin': { resource: 'session', details: { ok: z.strictObject({ entryId: optionalId }), denied } },
  'session.resize': { resource: 'session', details: { denied } },
  'session.revoke': { resource: 'session', details: { ok: nothing, denied } },
  'session.terminate': {
    resource: 'session',
    details: { ok: z.strictObject({ accountId: number, username: text, entryId: optionalId }) },
  },

  'settings.recovery_kit': { resource: 'settings', details: { ok: z.strictObject({ key: text }) } },
  'settings.update': {
    resource: 'settings',
    details: {
      ok: z.strictObject({
        changes: list(z.strictObject({ name: text, from: text.nullable(), to: text.nullable() })),
      }),
    },
  },
  'settings.verify': { resource: 'settings', details: { ok: dataVerified, failed: dataVerified } },
} as const satisfies Readonly<Record<`${AuditCategory}.${string}`, Row>>;

type Table = typeof table;

/** The name of an action that the log records. */
export type AuditAction = keyof Table;

/** How an action can end. */
export type OutcomeOf<A extends AuditAction> = A extends AuditAction ? keyof Table[A]['details'] : never;

/** The details of an action with this outcome. */
export type DetailsOf<A extends AuditAction, O extends AuditOutcome> = A extends AuditAction
  ? O extends keyof Table[A]['details']
    ? z.input<Table[A]['details'][O]>
    : never
  : never;

/** What an entry of an action with this outcome is about. */
export type ResourceOf<A extends AuditAction, O extends AuditOutcome> =
  Table[A]['resource'] | (O extends 'denied' ? RefusedOn<Table[A]> : never);
type RefusedOn<T> = T extends { readonly refusedOn: readonly (infer R)[] } ? R : never;

/** An action whose refusal is recorded without further details. */
export type RefusableAction = {
  [A in AuditAction]: { readonly hidden?: true } extends DetailsOf<A, 'denied'> ? A : never;
}[AuditAction];

/** A row of the table for code that does not know the action. */
export interface AuditActionRow extends Row {
  /** The category in the filter list: the part of its name before the dot. */
  readonly category: AuditCategory;
}

/** The table of all actions, by name. */
export const auditActions = Object.fromEntries(
  Object.entries<Row>(table).map(([action, row]) => [action, { ...row, category: categoryOf(action) }]),
) as Readonly<Record<AuditAction, AuditActionRow>>;

/** What a completed action is about; typed as narrowly as the action is. */
export function resourceOf<A extends AuditAction>(action: A): Table[A]['resource'] {
  return table[action].resource;
}
