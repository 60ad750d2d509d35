import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { createOrganization, updateOrganization, type Organization } from '@gatehouse/contract/organizations';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useCreateOrganization, useUpdateOrganization } from './queries.ts';

interface Values extends Record<string, unknown> {
  readonly name: string;
  readonly description: string;
}

interface Ends {
  readonly onDone: (organization: Organization) => void;
  readonly onClose: () => void;
}

/** The form of a new organization: name and purpose. */
export function NewOrganization({ onDone, onClose }: Ends) {
  const { t } = useTranslation('organizations');
  const { mutateAsync } = useCreateOrganization();
  return (
    <OrganizationDialog
      title={t('form.create')}
      initialValues={{ name: '', description: '' }}
      schema={createOrganization.body}
      hint={t('form.ownership')}
      act={t('form.submit')}
      save={async (values) => {
        onDone(await mutateAsync(values));
      }}
      onClose={onClose}
    />
  );
}

/** The form that changes the name and the purpose of an organization. */
export function EditOrganization({
  organization,
  onClose,
}: { readonly organization: Organization } & Omit<Ends, 'onDone'>) {
  const { t } = useTranslation('organizations');
  const { mutateAsync } = useUpdateOrganization(organization.id);
  const { name, description } = organization;
  return (
    <OrganizationDialog
      title={t('form.edit', { name })}
      initialValues={{ name, description: description ?? '' }}
      schema={updateOrganization.body}
      act={t('form.save')}
      save={async (values) => {
        await mutateAsync(values);
        onClose();
      }}
      onClose={onClose}
    />
  );
}

interface DialogProps {
  readonly title: string;
  readonly initialValues: Values;
  readonly schema: typeof createOrganization.body | typeof updateOrganization.body;
  readonly hint?: string;
  readonly act: string;
  readonly save: (values: Values) => Promise<void>;
  readonly onClose: () => void;
}

function OrganizationDialog({ title, initialValues, schema, hint, act, save, onClose }: DialogProps) {
  const { t } = useTranslation('organizations');
  const form = useContractForm<Values>({ initialValues, schema, bodyOf: (values) => values });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function submit(values: Values): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await save(values);
    } catch (problem) {
      if (!showFieldErrors(form, problem)) setError(problem);
      setBusy(false);
    }
  }
  return (
    // A click outside must not lose the values.
    <Dialog onClose={onClose} title={title} closeOnClickOutside={!form.isDirty()}>
      <form noValidate onSubmit={form.onSubmit((values) => void submit(values))}>
        <Stack gap={16}>
          <TextInput label={t('form.name')} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
          <Textarea
            label={`${t('form.description')} · ${t('form.optional')}`}
            description={t('form.purpose')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autosize
            minRows={2}
            maxRows={6}
            {...form.getInputProps('description')}
          />
          {hint !== undefined && <Text c="dimmed">{hint}</Text>}
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('form.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
