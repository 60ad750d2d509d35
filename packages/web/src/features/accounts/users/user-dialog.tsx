import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.tsx';
import { tell } from '../../../ui/notice.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { NewPassword } from '../new-password.tsx';
import { useDeleteUser, useResetPassword, useUpdateUser, type User } from '../queries.ts';

/** What is about to be done with an account. */
export interface UserQuestion {
  readonly kind: 'promote' | 'demote' | 'disable' | 'enable' | 'password' | 'delete';
  readonly user: User;
}

interface UserDialogProps {
  readonly question: UserQuestion | undefined;
  readonly onClose: () => void;
}

/** Says what an act means for the person whose account it is, and asks. */
export function UserDialog({ question, onClose }: UserDialogProps) {
  if (question === undefined) return null;
  const { kind, user } = question;
  switch (kind) {
    case 'password':
      return <SetPassword user={user} onClose={onClose} />;
    case 'delete':
      return <DeleteUser user={user} onClose={onClose} />;
    case 'promote':
    case 'demote':
    case 'disable':
    case 'enable':
      return <ChangeUser kind={kind} user={user} onClose={onClose} />;
  }
}

interface ActProps {
  readonly user: User;
  readonly onClose: () => void;
}

const changes = {
  promote: { isAdmin: true },
  demote: { isAdmin: false },
  disable: { disabled: true },
  enable: { disabled: false },
} as const;

function ChangeUser({ kind, user, onClose }: ActProps & { readonly kind: keyof typeof changes }) {
  const { t } = useTranslation('accounts');
  const update = useUpdateUser();
  return (
    <Confirm
      title={t(`users.${kind}.title`, { name: user.username })}
      act={t(`users.${kind}.act`)}
      busy={update.isPending}
      error={update.error}
      onConfirm={() => update.mutate({ id: user.id, ...changes[kind] }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t(`users.${kind}.text`)}
    </Confirm>
  );
}

function DeleteUser({ user, onClose }: ActProps) {
  const { t } = useTranslation('accounts');
  const deletion = useDeleteUser();
  return (
    <Confirm
      title={t('users.delete.title', { name: user.username })}
      act={t('users.delete.act')}
      typed={user.username}
      busy={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate(user.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('users.delete.text')}
    </Confirm>
  );
}

function SetPassword({ user, onClose }: ActProps) {
  const { t } = useTranslation('accounts');
  const reset = useResetPassword();
  const [password, setPassword] = useState('');
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    reset.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          tell(t('users.password.done', { name: user.username }));
          onClose();
        },
      },
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('users.password.title', { name: user.username })}
      closeButtonProps={{ 'aria-label': t('newKey.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap={16}>
          <div>{t('users.password.text')}</div>
          <NewPassword
            username={user.username}
            label={t('changePassword.new')}
            autoComplete="off"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert error={reset.error} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('newKey.cancel')}
            </Button>
            <Button type="submit" disabled={password === ''} loading={reset.isPending}>
              {t('users.password.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
