import { Button, Group, Stack } from '@mantine/core';
import { createUser } from '@gatehouse/contract/users';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../lib/api.ts';
import { showFieldErrors, useContractForm } from '../../../lib/form.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { AccountFields } from '../account-fields.tsx';
import { useCreateUser } from '../queries.ts';

interface NewUserProps {
  readonly onClose: () => void;
}

/** Creates an account for another person. */
export function NewUser({ onClose }: NewUserProps) {
  const { t } = useTranslation('accounts');
  const creation = useCreateUser();
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm({
    initialValues: { username: '', firstName: '', lastName: '', password: '' },
    schema: createUser.body,
    bodyOf: (values) => values,
  });
  const submit = form.onSubmit((values) => {
    setShown(undefined);
    creation.mutate(values, {
      onSuccess: onClose,
      onError: (error) => {
        if (problemOf(error)?.error === 'conflict') form.setFieldError('username', t('users.taken'));
        else if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });
  return (
    <Dialog onClose={onClose} title={t('users.newTitle')} size={480} closeOnClickOutside={!form.isDirty()}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <AccountFields form={form} own={false} />
          <ProblemAlert error={shown} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('newKey.cancel')}
            </Button>
            <Button type="submit" loading={creation.isPending}>
              {t('register.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
