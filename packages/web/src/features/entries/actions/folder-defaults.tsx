import type { FolderNode } from '@gatehouse/contract/entries';
import { hostKeyPolicySchema } from '@gatehouse/contract/entry-config';
import { Button, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { identityList } from '../../identities/queries.ts';
import { notify } from '../../../ui/notice.tsx';
import { useUpdateFolder } from '../queries.ts';

interface FolderDefaultProps {
  readonly folder: FolderNode;
  readonly onClose: () => void;
}

/** Means "no default of its own" in a select, whose values cannot be null. */
const none = '';

/** Selects the identity for servers in a folder that have no identity of their own. */
export function FolderIdentity({ folder, onClose }: FolderDefaultProps) {
  const { t } = useTranslation('entries');
  const { data: identities = [] } = useQuery(identityList);
  const [chosen, setChosen] = useState(String(folder.defaultIdentityId ?? none));
  // The server accepts only identities of the folder's owner, so that everyone who sees the folder can use it.
  const data = identities
    .filter(({ organizationId }) => organizationId === folder.organizationId)
    .map(({ id, name, username }) => ({
      value: String(id),
      label: username === null ? name : `${name} (${username})`,
    }));
  return (
    <FolderDefault
      folder={folder}
      title={t('folderIdentity.title', { name: folder.name })}
      act={t('folderIdentity.act')}
      change={{ defaultIdentityId: chosen === none ? null : Number(chosen) }}
      onClose={onClose}
    >
      <Select
        label={t('folderIdentity.label')}
        description={t('folderIdentity.text')}
        data={[{ value: none, label: t('folderIdentity.none') }, ...data]}
        value={chosen}
        onChange={(value) => setChosen(value ?? none)}
        allowDeselect={false}
        searchable
        limit={200}
        data-autofocus
      />
    </FolderDefault>
  );
}

/** Selects the host-key policy of servers in a folder. */
export function FolderPolicy({ folder, onClose }: FolderDefaultProps) {
  const { t } = useTranslation('entries');
  const [chosen, setChosen] = useState(folder.hostKeyPolicy ?? none);
  const policy = hostKeyPolicySchema.safeParse(chosen).data;
  const data = hostKeyPolicySchema.options.map((value) => ({ value, label: t(`policy.${value}.name`) }));
  return (
    <FolderDefault
      folder={folder}
      title={t('folderPolicy.title', { name: folder.name })}
      act={t('folderPolicy.act')}
      change={{ hostKeyPolicy: policy ?? null }}
      onClose={onClose}
    >
      <Select
        label={t('folderPolicy.label')}
        description={policy === undefined ? t('folderPolicy.text') : t(`policy.${policy}.text`)}
        data={[{ value: none, label: t('folderPolicy.none') }, ...data]}
        value={chosen}
        onChange={(value) => setChosen(value ?? none)}
        allowDeselect={false}
        data-autofocus
      />
    </FolderDefault>
  );
}

interface FolderDefaultFormProps extends FolderDefaultProps {
  readonly title: string;
  readonly act: string;
  readonly change: Omit<Parameters<ReturnType<typeof useUpdateFolder>['mutate']>[0], 'id'>;
  readonly children: ReactNode;
}

function FolderDefault({ folder, title, act, change, children, onClose }: FolderDefaultFormProps) {
  const { t } = useTranslation(['entries', 'app']);
  const { mutate, error, isPending } = useUpdateFolder();
  const save = () =>
    mutate(
      { id: folder.id, ...change },
      {
        onSuccess: () => {
          notify(t('notice.saved', { name: folder.name }));
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap={16}>
        {children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('app:confirm.cancel')}
          </Button>
          <Button onClick={save} loading={isPending}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
