import type { Organization } from '@gatehouse/contract/organizations';

/** The organizations where the person may add identities, and move them to. */
export function whereManaging(organizations: readonly Organization[]): readonly Organization[] {
  return organizations.filter(({ permissions }) => permissions.includes('identities.manage'));
}
