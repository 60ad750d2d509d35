import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';

/** The organizations where the person may create, change, move in and delete identities. */
export function whereManaging(organizations: readonly Organization[]): readonly Organization[] {
  return organizations.filter(({ permissions }) => permissions.includes('identities.manage'));
}

/** Whether the person may change an identity that he sees; his own ones always. */
export function mayManage({ organizationId }: Identity, organizations: readonly Organization[]): boolean {
  return organizationId === null || whereManaging(organizations).some(({ id }) => id === organizationId);
}
