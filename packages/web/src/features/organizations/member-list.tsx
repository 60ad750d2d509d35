import { Skeleton, TextInput } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../accounts/queries.ts';
import { foldCase } from '../../lib/fold-case.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { InviteForm } from './invite-form.tsx';
import classes from './member-list.module.css';
import { MemberRow } from './member-row.tsx';
import { members, type Member } from './queries.ts';
import { RemoveMember } from './remove-member.tsx';
import { RightsDialog } from './rights-dialog.tsx';
import { Section } from './section.tsx';

/** With more members, the list has a search. */
const searchedFrom = 12;

type OpenDialog = { readonly what: 'rights' | 'removal'; readonly member: Member } | undefined;

/** The members of an organization, with the actions that the person may use. */
export function MemberList({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation('organizations');
  const me = useMe();
  const { data, error } = useQuery(members(organization.id));
  const [search, setSearch] = useState('');
  const [dialog, setDialog] = useState<OpenDialog>();
  const mayManage = organization.permissions.includes('org.members.manage');
  const shown = data?.filter((member) => matches(member, search)) ?? [];
  const close = () => {
    setDialog(undefined);
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
                    setDialog({ what: 'rights', member });
                  },
                }
              : {})}
            {...(mayManage && member.role !== 'owner' && member.accountId !== me.id
              ? {
                  onRemove: () => {
                    setDialog({ what: 'removal', member });
                  },
                }
              : {})}
          />
        ))}
      </ul>
      {dialog?.what === 'rights' && <RightsDialog organization={organization} member={dialog.member} onClose={close} />}
      {dialog?.what === 'removal' && (
        <RemoveMember organization={organization} member={dialog.member} onClose={close} />
      )}
    </Section>
  );
}

function matches({ name, username }: Member, search: string): boolean {
  const wanted = foldCase(search.trim());
  return foldCase(name).includes(wanted) || foldCase(username).includes(wanted);
}
