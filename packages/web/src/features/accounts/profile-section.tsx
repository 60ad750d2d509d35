import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { changeName } from '@gatehouse/contract/accounts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { Chip } from '../../ui/chip.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { useChangeName, useMe } from './queries.ts';

/** The person's own account and name. */
export function ProfileSection() {
  const { t } = useTranslation('accounts');
  const { username, isAdmin } = useMe();
  return (
    <>
      <Section title={t('profile.account')}>
        <Card rows>
          <CardRow
            title={
              <>
                <span className="mono">{username}</span>
                {isAdmin && <Chip tone="accent">{t('profile.administrator')}</Chip>}
              </>
            }
            detail={isAdmin ? t('profile.administratorText') : t('profile.userText')}
          />
        </Card>
      </Section>
      <Section title={t('profile.name')} text={t('profile.nameText')}>
        <Card>
          <NameForm />
        </Card>
      </Section>
    </>
  );
}

function NameForm() {
  const { t } = useTranslation('accounts');
  const { firstName, lastName } = useMe();
  const change = useChangeName();
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm({
    initialValues: { firstName, lastName },
    schema: changeName.body,
    bodyOf: (values) => values,
  });
  const submit = form.onSubmit((values) => {
    setShown(undefined);
    change.mutate(values, {
      onSuccess: () => form.resetDirty(),
      onError: (error) => {
        if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16} verticalSpacing={16}>
          <TextInput label={t('register.firstName')} autoComplete="given-name" {...form.getInputProps('firstName')} />
          <TextInput label={t('register.lastName')} autoComplete="family-name" {...form.getInputProps('lastName')} />
        </SimpleGrid>
        <ProblemAlert error={shown} />
        <div>
          <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
            {t('profile.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
