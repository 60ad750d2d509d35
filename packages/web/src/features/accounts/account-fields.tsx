import { SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { NewPassword } from './new-password.tsx';

/** The values of a new account. */
export interface AccountValues {
  readonly [name: string]: unknown;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
}

interface AccountFieldsProps<V extends AccountValues> {
  readonly form: UseFormReturnType<V>;
  /** Whether the person creates their own account, so that the browser may store the password. */
  readonly own: boolean;
}

/** The fields of a new account. */
export function AccountFields<V extends AccountValues>({ form, own }: AccountFieldsProps<V>) {
  const { t } = useTranslation('accounts');
  const complete = (name: string) => (own ? name : 'off');
  return (
    <>
      <TextInput
        label={t('register.username')}
        description={t('register.usernameHint')}
        autoComplete={complete('username')}
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        autoFocus
        {...form.getInputProps('username')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16} verticalSpacing={16}>
        <TextInput
          label={t('register.firstName')}
          autoComplete={complete('given-name')}
          {...form.getInputProps('firstName')}
        />
        <TextInput
          label={t('register.lastName')}
          autoComplete={complete('family-name')}
          {...form.getInputProps('lastName')}
        />
      </SimpleGrid>
      <NewPassword username={form.values.username} {...form.getInputProps('password')} value={form.values.password} />
    </>
  );
}
