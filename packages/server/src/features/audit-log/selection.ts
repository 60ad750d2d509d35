import type { AuditFilter } from '@gatehouse/contract/audit';
import type { Caller } from '../../kernel/caller.ts';
import type { Rights } from '../../kernel/rights.ts';

/** A part of the log that lies together on an index. The slices of one selection do not overlap. */
export type Partition =
  | { readonly kind: 'organization'; readonly organizationId: number }
  /** What the account did, except in these organizations. */
  | { readonly kind: 'own'; readonly accountId: number; readonly outside: readonly number[] }
  /** What the account did in one organization, or outside of all. */
  | { readonly kind: 'own-in'; readonly accountId: number; readonly organizationId: number | null }
  /** What belongs to nobody: sign-ins that failed, what the server did itself. */
  | { readonly kind: 'unowned' };

/** What further narrows a selection; times are inclusive and as the log keeps them. */
export interface Conditions {
  readonly action?: string;
  readonly resource?: string;
  readonly actor?: string;
  readonly outcome?: AuditFilter['outcome'];
  readonly from?: string;
  readonly to?: string;
}

/** Which entries a caller asks for, as far as the caller sees them. */
export interface Selection {
  readonly slices: readonly Partition[];
  readonly conditions: Conditions;
}

/**
 * One's own actions, what happened in organizations where one holds `org.audit.view`, and for administrators what belongs to nobody.
 * Administration of the server opens no organization. A filter only takes away. Attempts on what one cannot see are none of one's own actions.
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

/** A date stands for its whole day. */
function endOf(moment: string): string {
  const at = Date.parse(moment);
  return new Date(moment.length === dateLength ? at + dayMs - 1 : at).toISOString();
}
