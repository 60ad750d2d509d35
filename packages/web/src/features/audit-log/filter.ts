import type { AuditFilter } from '@gatehouse/contract/audit';
import { momentsOf } from './period.ts';

/** What the address of the page says of its filters; days in it are those of the reader's calendar. */
export interface AuditSearch {
  readonly organizationId?: number | 'personal' | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly resource?: string | undefined;
  readonly outcome?: AuditFilter['outcome'];
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/** The filter as the API takes it, with nothing in it that is not chosen. */
export function filterOf(search: AuditSearch): AuditFilter {
  const chosen = Object.entries({ ...search, ...momentsOf(search) }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(chosen);
}
