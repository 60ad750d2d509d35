import { Button, Group, PasswordInput, SegmentedControl, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { createIdentity } from '@gatehouse/contract/identities';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { maxKeyBytes, TextFileField } from '../../ui/text-file-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { bodyOf, useCreateFirstIdentity, type FirstIdentity } from './first-identity.ts';

interface IdentityFormProps {
  /** With the line for `authorized_keys` where a key was generated. */
  readonly onSaved: (publicKey: string | undefined) => void;
  readonly onLeave: () => void;
}

const empty: FirstIdentity = { name: '', username: '', method: 'key', sshKey: '', passphrase: '', password: '' };

/** A short form for an identity: one authentication method, personal. */
export function IdentityForm({ onSaved, onLeave }: IdentityFormProps) {
  const { t } = useTranslation();
  const creation = useCreateFirstIdentity();
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm<FirstIdentity>({ initialValues: empty, schema: createIdentity.body, bodyOf });
  const submit = form.onSubmit((values) => {
    setShown(undefined);
    creation.mutate(values, {
      onSuccess: onSaved,
      onError: (error) => {
        if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16} verticalSpacing={16}>
          <TextInput
            label={t('welcome.identity.name')}
            placeholder={t('welcome.identity.namePlaceholder')}
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('welcome.identity.username')}
            placeholder="root"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('username')}
          />
        </SimpleGrid>
        <SegmentedControl
          aria-label={t('welcome.identity.method')}
          style={{ alignSelf: 'start', maxWidth: '100%' }}
          data={(['key', 'generate', 'password'] as const).map((value) => ({
            value,
            label: t(`welcome.identity.methods.${value}`),
          }))}
          {...form.getInputProps('method')}
        />
        <Method form={form} />
        <ProblemAlert error={shown} />
        <Group gap={8}>
          <Button type="submit" loading={creation.isPending}>
            {t('welcome.identity.save')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onLeave}>
            {t('welcome.leave')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Method({ form }: { readonly form: UseFormReturnType<FirstIdentity> }) {
  const { t } = useTranslation();
  const show = { visibilityToggleButtonProps: { 'aria-label': t('welcome.identity.show'), tabIndex: 0 } };
  const { method, sshKey, passphrase } = form.values;
  if (method === 'generate') return <p style={{ margin: 0 }}>{t('welcome.identity.generated')}</p>;
  if (method === 'password')
    return (
      <PasswordInput
        label={t('welcome.identity.password')}
        autoComplete="off"
        {...show}
        {...form.getInputProps('password')}
      />
    );
  return (
    <>
      <TextFileField
        label={t('welcome.identity.key')}
        placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
        autosize
        minRows={4}
        maxRows={10}
        maxBytes={maxKeyBytes}
        {...form.getInputProps('sshKey')}
        value={form.values.sshKey}
        onChange={(text) => form.setFieldValue('sshKey', text)}
      />
      {(looksEncrypted(sshKey) || passphrase !== '' || form.errors['passphrase'] !== undefined) && (
        <PasswordInput
          label={t('welcome.identity.passphrase')}
          description={t('welcome.identity.passphraseHint')}
          autoComplete="off"
          {...show}
          {...form.getInputProps('passphrase')}
        />
      )}
    </>
  );
}

/** Only decides whether to show the field; the server inspects the key. OpenSSH's format names bcrypt if the key is encrypted. */
function looksEncrypted(key: string): boolean {
  return /ENCRYPTED|^Encryption: aes|^b3BlbnNzaC1rZXktdjEAAAAA[A-Z]{2}[\w+/]*YmNyeXB0/m.test(key.replaceAll('\r', ''));
}
