import { OrganizationPage } from '../features/organizations/organization-page.tsx';
import { RecentUse } from '../features/audit-log/recent-use.tsx';

/** An organization with what its audit log tells of the use of what it shares. */
export function OrganizationScreen() {
  return <OrganizationPage activity={({ id }) => <RecentUse organizationId={id} />} />;
}
