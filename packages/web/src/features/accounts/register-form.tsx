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
  /** Whether this page comes from the machine itself, where no set-up token is asked for. */
  readonly local: boolean;
  readonly onDone: () => void;
}

/** Makes the first account and signs this browser in to it. */
export function RegisterForm({ local, onDone }: RegisterFormProps) {
  const { t } = useTranslation('accounts');
  const registration = useRegister();
  const [asksToken, setAsksToken] = useState(!local);
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm({
    initialValues: { username: '', firstName: '', lastName: '', password: '', setupToken: '' },
    schema: register.body,
    bodyOf: ({ setupToken, ...rest }) => (setupToken === '' ? rest : { ...rest, setupToken: setupToken.trim() }),
  });

  const submit = form.onSubmit(({ setupToken, ...account }) => {
    setShown(undefined);
    // Whoever is signed in sees the next step at once: this form, and with it the callbacks of its mutation, may be gone before the answer is told.
    registration
      .mutateAsync(setupToken === '' ? account : { ...account, setupToken: setupToken.trim() })
      .then(onDone, (error: unknown) => {
        if (problemOf(error)?.error === 'setup_token_required') {
          if (asksToken) form.setFieldError('setupToken', t('register.tokenWrong'));
          setAsksToken(true);
        } else if (!showFieldErrors(form, error)) setShown(error);
      });
  });

  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <AccountFields form={form} own />
        {asksToken && (
          <TextInput
            label={t('register.token')}
            description={t('register.tokenHint')}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('setupToken')}
          />
        )}
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
