import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';
import { Avatar } from './avatar.tsx';
import classes from './member-list.module.css';
import type { Member } from './queries.ts';

interface MemberRowProps {
  readonly member: Member;
  readonly isMe: boolean;
  /** Present if the person is allowed to. */
  readonly onRights?: () => void;
  readonly onRemove?: () => void;
}

/** A member of an organization, or an invited account. */
export function MemberRow({ member, isMe, onRights, onRemove }: MemberRowProps) {
  const { t } = useTranslation('organizations');
  const { name, username, role, status } = member;
  const isPending = status === 'pending';
  return (
    <li className={classes['row']} data-pending={isPending || undefined}>
      <Avatar name={name} of="person" />
      <span className={classes['words']}>
        <span className={classes['name']}>
          <span>{name}</span>
          {isMe && <Chip>{t('you')}</Chip>}
        </span>
        <span className={classes['username']}>
          {username}
          {isPending && ` · ${t('members.waiting')}`}
        </span>
      </span>
      {role === 'owner' && <Chip tone="accent">{t('owner')}</Chip>}
      {isPending && <Chip tone="warn">{t('invited')}</Chip>}
      {(onRights !== undefined || onRemove !== undefined) && (
        <span className={classes['acts']}>
          {onRights !== undefined && (
            <Button variant="subtle" color="gray" aria-label={t('members.rightsOf', { name })} onClick={onRights}>
              {t('members.rights')}
            </Button>
          )}
          {onRemove !== undefined && (
            <Button
              variant="subtle"
              color="gray"
              aria-label={t(isPending ? 'members.withdrawNamed' : 'members.removeNamed', { name })}
              onClick={onRemove}
            >
              {t(isPending ? 'members.withdraw' : 'members.remove')}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}
