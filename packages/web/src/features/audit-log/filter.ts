import type { AuditFilter } from '@gatehouse/contract/audit';
import { momentsOf } from './period.ts';

/** The filters in the address of the page; days are in the time zone of the reader. */
export interface AuditSearch {
  readonly organizationId?: number | 'personal' | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly resource?: string | undefined;
  readonly outcome?: AuditFilter['outcome'];
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/** The filter as the API expects it, without fields that are not set. */
export function filterOf(search: AuditSearch): AuditFilter {
  const chosen = Object.entries({ ...search, ...momentsOf(search) }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(chosen);
}
