import { Button, Stack, TextInput } from '@mantine/core';
import { register } from '@gatehouse/contract/accounts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { AccountFields } from './account-fields.tsx';
import { useRegister } from './queries.ts';

interface RegisterFormProps {
  /** From the link with which the page was opened. */
  readonly setupToken: string | undefined;
}

/** Creates the first account and signs this browser in to it; the parent sees the result in `me`. */
export function RegisterForm({ setupToken = '' }: RegisterFormProps) {
  const { t } = useTranslation('accounts');
  const registration = useRegister();
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm({
    initialValues: { username: '', firstName: '', lastName: '', password: '', setupToken },
    schema: register.body,
    bodyOf,
  });

  const submit = form.onSubmit((values) => {
    setShown(undefined);
    registration.mutate(bodyOf(values), {
      onError: (error) => {
        if (problemOf(error)?.error === 'setup_token_required')
          form.setFieldError('setupToken', t('register.tokenWrong'));
        else if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });

  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <AccountFields form={form} own />
        <TextInput
          label={t('register.token')}
          description={t('register.tokenHint')}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('setupToken')}
        />
        <ProblemAlert error={shown} />
        <div>
          <Button type="submit" loading={registration.isPending}>
            {t('register.act')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

interface Account extends Record<string, unknown> {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
  readonly setupToken: string;
}

function bodyOf(account: Account) {
  return { ...account, setupToken: account.setupToken.trim() };
}
