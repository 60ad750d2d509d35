import { createFolder } from '@gatehouse/contract/folders';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { showFieldErrors, useContractForm } from '../../../lib/form.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { notify } from '../../../ui/notice.tsx';
import { useCreateFolder } from '../queries.ts';
import type { Location } from '../tree-index.ts';

interface NewFolderProps {
  readonly location: Location;
  readonly onClose: () => void;
}

/** Adds a folder to a location. */
export function NewFolder({ location, onClose }: NewFolderProps) {
  const { t } = useTranslation(['entries', 'app']);
  const { mutate, error, isPending } = useCreateFolder();
  const bodyOf = ({ name }: { name: string }) => ({
    name,
    parentId: location.folderId,
    organizationId: location.organizationId,
  });
  const form = useContractForm({ initialValues: { name: '' }, schema: createFolder.body, bodyOf });
  const submit = form.onSubmit((values) =>
    mutate(bodyOf(values), {
      onSuccess: () => {
        notify(t('notice.created', { name: values.name.trim() }));
        onClose();
      },
      onError: (problem) => void showFieldErrors(form, problem),
    }),
  );
  return (
    <Dialog onClose={onClose} title={t('newFolder.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap={16}>
          <TextInput label={t('newFolder.name')} {...form.getInputProps('name')} autoComplete="off" data-autofocus />
          {form.errors['name'] === undefined && <ProblemAlert error={error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('app:confirm.cancel')}
            </Button>
            <Button type="submit" loading={isPending}>
              {t('newFolder.act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
