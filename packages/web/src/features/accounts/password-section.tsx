import { Button, Checkbox, PasswordInput, Stack } from '@mantine/core';
import { changePassword } from '@gatehouse/contract/accounts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { notify } from '../../ui/notice.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, Section } from '../../ui/section.tsx';
import { NewPassword } from './new-password.tsx';
import { useChangePassword, useMe } from './queries.ts';

/** The person's own password. */
export function PasswordSection() {
  const { t } = useTranslation('accounts');
  return (
    <Section title={t('changePassword.title')} text={t('changePassword.text')}>
      <Card>
        <PasswordForm />
      </Card>
    </Section>
  );
}

function PasswordForm() {
  const { t } = useTranslation('accounts');
  const { username } = useMe();
  const change = useChangePassword();
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm({
    initialValues: { currentPassword: '', password: '', endApiKeys: true },
    schema: changePassword.body,
    bodyOf: (values) => values,
  });
  const submit = form.onSubmit((values) => {
    setShown(undefined);
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        notify(t('changePassword.done'));
      },
      onError: (error) => {
        if (problemOf(error)?.error === 'invalid_credentials')
          form.setFieldError('currentPassword', t('changePassword.wrong'));
        else if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        {/* For password managers: the account of the password. */}
        <input type="text" hidden readOnly autoComplete="username" value={username} />
        <PasswordInput
          label={t('changePassword.current')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
          {...form.getInputProps('currentPassword')}
        />
        <NewPassword
          username={username}
          {...form.getInputProps('password')}
          label={t('changePassword.new')}
          value={form.values.password}
        />
        <Checkbox
          label={t('changePassword.endApiKeys')}
          description={t('changePassword.endApiKeysHint')}
          {...form.getInputProps('endApiKeys', { type: 'checkbox' })}
        />
        <ProblemAlert error={shown} />
        <div>
          <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
            {t('changePassword.act')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
