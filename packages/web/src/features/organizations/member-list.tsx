import { Skeleton, TextInput } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../accounts/queries.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { InviteForm } from './invite-form.tsx';
import classes from './member-list.module.css';
import { MemberRow } from './member-row.tsx';
import { members, type Member } from './queries.ts';
import { RemoveMember } from './remove-member.tsx';
import { RightsDialog } from './rights-dialog.tsx';
import { Section } from './section.tsx';

/** More than fit on a screen. */
const searchedFrom = 12;

type Asked = { readonly what: 'rights' | 'removal'; readonly member: Member } | undefined;

/** Who belongs to an organization; with what the person may do about it. */
export function MemberList({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation('organizations');
  const me = useMe();
  const { data, error } = useQuery(members(organization.id));
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState<Asked>();
  const mayManage = organization.permissions.includes('org.members.manage');
  const shown = data?.filter((member) => isCalled(member, search)) ?? [];
  const close = () => {
    setAsked(undefined);
  };
  const lead = (
    <>
      {mayManage && data !== undefined && <InviteForm organizationId={organization.id} members={data} />}
      {data !== undefined && data.length > searchedFrom && (
        <TextInput
          aria-label={t('members.search')}
          placeholder={t('members.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
      )}
    </>
  );
  return (
    <Section title={t('members.title')} count={data?.length} lead={lead}>
      <ProblemAlert error={error} />
      {data === undefined && error === null && <Skeleton height={112} radius={0} />}
      {data !== undefined && shown.length === 0 && <p className={classes['none']}>{t('members.none')}</p>}
      <ul className={classes['list']} aria-label={t('members.title')}>
        {shown.map((member) => (
          <MemberRow
            key={member.accountId}
            member={member}
            isMe={member.accountId === me.id}
            {...(organization.isOwner && member.role !== 'owner'
              ? {
                  onRights: () => {
                    setAsked({ what: 'rights', member });
                  },
                }
              : {})}
            {...(mayManage && member.role !== 'owner' && member.accountId !== me.id
              ? {
                  onRemove: () => {
                    setAsked({ what: 'removal', member });
                  },
                }
              : {})}
          />
        ))}
      </ul>
      {asked?.what === 'rights' && <RightsDialog organization={organization} member={asked.member} onClose={close} />}
      {asked?.what === 'removal' && <RemoveMember organization={organization} member={asked.member} onClose={close} />}
    </Section>
  );
}

function isCalled({ name, username }: Member, search: string): boolean {
  const sought = search.trim().toLocaleLowerCase();
  return name.toLocaleLowerCase().includes(sought) || username.toLocaleLowerCase().includes(sought);
}
