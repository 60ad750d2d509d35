import { OrganizationPage } from '../features/organizations/organization-page.tsx';
import { RecentUse } from '../features/audit-log/recent-use.tsx';

/** An organization with the recent use of its shared servers and identities, from its audit log. */
export function OrganizationScreen() {
  return <OrganizationPage activity={({ id }) => <RecentUse organizationId={id} />} />;
}
