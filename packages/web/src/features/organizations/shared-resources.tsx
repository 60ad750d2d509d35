import { Button } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DefaultIdentity } from './default-identity.tsx';
import { OrganizationPolicy } from './host-key-policy.tsx';
import { sharedIdentities } from './queries.ts';
import { sharedServers } from './shared-servers.ts';
import { Section } from './section.tsx';
import { countServers, folderGroupsOf } from './folder-groups.ts';
import classes from './shared-resources.module.css';

/** The others are in their own list, one click away. */
const shownIdentities = 8;
const shownServers = 50;

/** The shared identities and servers of an organization, with links. */
export function SharedResources({ organization }: { readonly organization: Organization }) {
  return (
    <>
      <Identities organization={organization} />
      <Servers organization={organization} />
    </>
  );
}

function Identities({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation('organizations');
  const { data, error } = useQuery(sharedIdentities(organization.id));
  const rest = (data?.length ?? 0) - shownIdentities;
  const add = organization.permissions.includes('identities.manage') && (
    <Button
      component={Link}
      to="/identities/new"
      size="compact-sm"
      variant="subtle"
      mr={-12}
      leftSection={<IconPlus size={14} aria-hidden />}
    >
      {t('shares.newIdentity')}
    </Button>
  );
  return (
    <Section title={t('shares.identities')} count={data?.length} actions={add}>
      <ProblemAlert error={error} />
      {data !== undefined && data.length > 0 && <DefaultIdentity organization={organization} identities={data} />}
      {data?.length === 0 && <p className={classes['none']}>{t('shares.noIdentities')}</p>}
      <ul className={classes['list']} aria-label={t('shares.identities')}>
        {data?.slice(0, shownIdentities).map(({ id, name, type, usedBy }) => (
          <li key={id}>
            <Link to="/identities/$identityId" params={{ identityId: String(id) }} className={classes['row']}>
              <span className={classes['name']}>{name}</span>
              {id === organization.defaultIdentityId && <Chip tone="org">{t('shares.isDefault')}</Chip>}
              <span className={classes['space']} />
              <span className={classes['fact']}>{t(`kinds.${type}`)}</span>
              <span className={classes['fact']}>{t('shares.used', { count: usedBy })}</span>
            </Link>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <Link to="/identities" className={classes['row']}>
              <span className={classes['fact']}>{t('shares.more', { count: rest })}</span>
            </Link>
          </li>
        )}
      </ul>
    </Section>
  );
}

function Servers({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation('organizations');
  const { data, error } = useQuery(sharedServers(organization.id));
  const groups = data === undefined ? [] : folderGroupsOf(data);
  const add = organization.permissions.includes('resources.manage') && (
    <Button
      renderRoot={(props) => <Link to="/servers/new" search={{ organizationId: organization.id }} {...props} />}
      size="compact-sm"
      variant="subtle"
      mr={-12}
      leftSection={<IconPlus size={14} aria-hidden />}
    >
      {t('shares.newServer')}
    </Button>
  );
  return (
    <Section title={t('shares.servers')} count={data && countServers(data)} actions={add}>
      <ProblemAlert error={error} />
      {data !== undefined && <OrganizationPolicy organization={organization} />}
      {data !== undefined && groups.length === 0 && <p className={classes['none']}>{t('shares.noServers')}</p>}
      {groups.map(({ id, name, servers }) => (
        <details key={id} className={classes['shelf']}>
          <summary className={classes['row']}>
            <span className={classes['name']}>{name ?? t('shares.loose')}</span>
            <span className={classes['space']} />
            <span className={classes['fact']}>{t('shares.count', { count: servers.length })}</span>
          </summary>
          <ul className={classes['list']}>
            {servers.slice(0, shownServers).map((server) => (
              <li key={server.id}>
                <Link to="/servers/$entryId" params={{ entryId: String(server.id) }} className={classes['row']}>
                  <span className={classes['name']}>{server.name}</span>
                  <span className={classes['space']} />
                  <span className={`${classes['fact'] ?? ''} mono`}>{server.ip}</span>
                </Link>
              </li>
            ))}
            {servers.length > shownServers && (
              <li>
                <Link to="/servers" className={classes['row']}>
                  <span className={classes['fact']}>{t('shares.more', { count: servers.length - shownServers })}</span>
                </Link>
              </li>
            )}
          </ul>
        </details>
      ))}
    </Section>
  );
}
