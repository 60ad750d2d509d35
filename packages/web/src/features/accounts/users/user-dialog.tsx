import { resetUserPassword } from '@gatehouse/contract/users';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { showFieldErrors, useContractForm } from '../../../lib/form.ts';
import { notify } from '../../../ui/notice.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { NewPassword } from '../new-password.tsx';
import { UserApiKeys } from './user-api-keys.tsx';
import { useDeleteUser, useResetPassword, useUpdateUser, type User } from '../queries.ts';

/** The action on an account that is to be confirmed. */
export interface UserQuestion {
  readonly kind: 'promote' | 'demote' | 'disable' | 'enable' | 'password' | 'apiKeys' | 'delete';
  readonly user: User;
}

interface UserDialogProps {
  readonly question: UserQuestion | undefined;
  readonly onClose: () => void;
}

/** Shows what an action means for the owner of the account, and asks for confirmation. */
export function UserDialog({ question, onClose }: UserDialogProps) {
  if (question === undefined) return null;
  const { kind, user } = question;
  switch (kind) {
    case 'password':
      return <SetPassword user={user} onClose={onClose} />;
    case 'apiKeys':
      return <UserApiKeys user={user} onClose={onClose} />;
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
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm({
    initialValues: { password: '' },
    schema: resetUserPassword.body,
    bodyOf: (values) => values,
  });
  const submit = form.onSubmit(({ password }) => {
    setShown(undefined);
    reset.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          notify(t('users.password.done', { name: user.username }));
          onClose();
        },
        onError: (error) => {
          if (!showFieldErrors(form, error)) setShown(error);
        },
      },
    );
  });
  return (
    <Dialog onClose={onClose} title={t('users.password.title', { name: user.username })}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <div>{t('users.password.text')}</div>
          <NewPassword
            username={user.username}
            {...form.getInputProps('password')}
            label={t('changePassword.new')}
            autoComplete="off"
            data-autofocus
            value={form.values.password}
          />
          <ProblemAlert error={shown} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('newKey.cancel')}
            </Button>
            <Button type="submit" loading={reset.isPending}>
              {t('users.password.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
