import type { AuditFilter } from '@gatehouse/contract/audit';
import type { Caller } from '../../kernel/caller.ts';
import type { Rights } from '../../kernel/rights.ts';

/** A part of the log that is contiguous in an index. The partitions of one selection do not overlap. */
export type Partition =
  | { readonly kind: 'organization'; readonly organizationId: number }
  /** What the account did, except in these organizations. */
  | { readonly kind: 'own'; readonly accountId: number; readonly outside: readonly number[] }
  /** What the account did in one organization, or outside of organizations. */
  | { readonly kind: 'own-in'; readonly accountId: number; readonly organizationId: number | null }
  /** Entries without an account: failed sign-ins, actions of the server itself. */
  | { readonly kind: 'unowned' };

/** Further conditions; times are inclusive and in the stored form. */
export interface Conditions {
  readonly action?: string;
  readonly resource?: string;
  readonly actor?: string;
  readonly outcome?: AuditFilter['outcome'];
  readonly from?: string;
  readonly to?: string;
}

/** The entries that a caller requests and may see. */
export interface Selection {
  readonly slices: readonly Partition[];
  readonly conditions: Conditions;
}

/**
 * The caller's own actions, entries of organizations in which they have `org.audit.view`, and for administrators entries without an account. Being an
 * administrator gives no access to organizations. A filter only narrows. Attempts on hidden things are not shown to their actor.
 */
export function select({ accountId, isAdmin }: Caller, rights: Rights, filter: AuditFilter): Selection {
  const viewed = [...rights.organizations]
    .filter(([, permissions]) => permissions.has('org.audit.view'))
    .map(([id]) => id)
    .sort((a, b) => a - b);
  const { organizationId } = filter;
  const conditions = conditionsOf(filter);
  if (organizationId === 'personal')
    return { slices: [{ kind: 'own-in', accountId, organizationId: null }], conditions };
  if (organizationId !== undefined && viewed.includes(organizationId))
    return { slices: [{ kind: 'organization', organizationId }], conditions };
  if (organizationId !== undefined) return { slices: [{ kind: 'own-in', accountId, organizationId }], conditions };
  const slices: Partition[] = [
    { kind: 'own', accountId, outside: viewed },
    ...viewed.map((id) => ({ kind: 'organization', organizationId: id }) as const),
  ];
  return { slices: isAdmin ? [...slices, { kind: 'unowned' }] : slices, conditions };
}

function conditionsOf({ action, resource, actor, outcome, startDate, endDate }: AuditFilter): Conditions {
  return {
    ...(action === undefined ? {} : { action: action.toLowerCase() }),
    ...(resource === undefined ? {} : { resource }),
    ...(actor === undefined ? {} : { actor: actor.toLowerCase() }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(startDate === undefined ? {} : { from: new Date(startDate).toISOString() }),
    ...(endDate === undefined ? {} : { to: endOf(endDate) }),
  };
}

const dayMs = 86_400_000;
const dateLength = 'YYYY-MM-DD'.length;

/** A date means its whole day. */
function endOf(moment: string): string {
  const at = Date.parse(moment);
  return new Date(moment.length === dateLength ? at + dayMs - 1 : at).toISOString();
}
