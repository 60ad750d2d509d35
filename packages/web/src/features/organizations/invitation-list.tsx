import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notice.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Ago } from '../../ui/time.tsx';
import { Avatar } from './avatar.tsx';
import classes from './invitation-list.module.css';
import { useRespondToInvitation, type Invitation } from './queries.ts';
import { Section } from './section.tsx';

/** The pending invitations, with the person who sent each. */
export function InvitationList({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const { t } = useTranslation('organizations');
  return (
    <Section title={t('invitations.title')} count={invitations.length}>
      <ul className={classes['list']}>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.organizationId} invitation={invitation} />
        ))}
      </ul>
    </Section>
  );
}

function InvitationRow({ invitation: { organization, invitedBy, createdAt } }: { readonly invitation: Invitation }) {
  const { t } = useTranslation('organizations');
  const { id, name, description } = organization;
  const { mutate, isPending, variables, error } = useRespondToInvitation(({ accept }) => {
    notify(t(accept ? 'invitations.accepted' : 'invitations.declined', { name }));
  });
  function answer(accept: boolean): void {
    mutate({ organizationId: id, accept });
  }
  return (
    <li className={classes['row']}>
      <Avatar name={name} of="organization" />
      <div className={classes['words']}>
        <div className={classes['name']}>{name}</div>
        {description !== null && <div className={classes['description']}>{description}</div>}
        <div className={classes['from']}>
          {invitedBy === null ? t('invitations.byUnknown') : t('invitations.by', { name: invitedBy.name })} ·{' '}
          <Ago at={createdAt} />. {t('invitations.follows')}
        </div>
        <ProblemAlert error={error} />
      </div>
      <div className={classes['answers']}>
        <Button
          variant="default"
          disabled={isPending}
          loading={isPending && !variables.accept}
          aria-label={`${t('invitations.decline')}: ${name}`}
          onClick={() => {
            answer(false);
          }}
        >
          {t('invitations.decline')}
        </Button>
        <Button
          disabled={isPending}
          loading={isPending && variables.accept}
          aria-label={`${t('invitations.accept')}: ${name}`}
          onClick={() => {
            answer(true);
          }}
        >
          {t('invitations.accept')}
        </Button>
      </div>
    </li>
  );
}
