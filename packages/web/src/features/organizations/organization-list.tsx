import type { Organization } from '@gatehouse/contract/organizations';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';
import { Avatar } from './avatar.tsx';
import classes from './organization-list.module.css';
import { members } from './queries.ts';

/** With more organizations, the number of members is not shown: every count needs a request. */
const maxCounted = 24;

/** Organizations with the person's role in each. */
export function OrganizationList({ organizations }: { readonly organizations: readonly Organization[] }) {
  const { t } = useTranslation('organizations');
  return (
    <ul className={classes['root']} aria-label={t('title')}>
      {organizations.map((organization) => (
        <li key={organization.id}>
          <Link
            to="/organizations/$organizationId"
            params={{ organizationId: String(organization.id) }}
            className={classes['row']}
          >
            <Avatar name={organization.name} of="organization" />
            <span className={classes['words']}>
              <span className={classes['name']}>{organization.name}</span>
              {organization.description !== null && (
                <span className={classes['description']}>{organization.description}</span>
              )}
            </span>
            {organizations.length <= maxCounted && <People organizationId={organization.id} />}
            <Chip tone={organization.isOwner ? 'accent' : 'neutral'}>
              {organization.isOwner ? t('owner') : t('member')}
            </Chip>
            <IconChevronRight size={16} stroke={1.6} className={classes['go']} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function People({ organizationId }: { readonly organizationId: number }) {
  const { t } = useTranslation('organizations');
  const { data } = useQuery(members(organizationId));
  const count = data?.filter(({ status }) => status === 'active').length;
  return <span className={classes['people']}>{count === undefined ? '' : t('people', { count })}</span>;
}
