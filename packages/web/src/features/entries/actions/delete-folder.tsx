import type { FolderNode } from '@gatehouse/contract/entries';
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.tsx';
import { notify } from '../../../ui/notice.tsx';
import { useDeleteFolder } from '../queries.ts';
import { foldersWithin, type TreeIndex } from '../tree-index.ts';
import { dependentsOf } from './locations.ts';
import { ServerNames } from './server-names.tsx';

interface DeleteFolderProps {
  readonly index: TreeIndex;
  readonly folder: FolderNode;
  readonly onClose: () => void;
}

/** Asks before a folder is deleted, and shows its content; if it contains servers, its name has to be typed. */
export function DeleteFolder({ index, folder, onClose }: DeleteFolderProps) {
  const { t } = useTranslation('entries');
  const { mutate, error, isPending } = useDeleteFolder();
  const inside = foldersWithin(folder.entries);
  const entryIds = [folder, ...inside].flatMap(({ entries }) =>
    entries.flatMap((node) => (node.type === 'server' ? [node.id] : [])),
  );
  const dependents = dependentsOf(index, new Set(entryIds));
  const act = () =>
    mutate(folder.id, {
      onSuccess: () => {
        notify(t('notice.deleted', { name: folder.name }));
        onClose();
      },
    });
  return (
    <Confirm
      title={t('deleteFolder.title', { name: folder.name })}
      act={t('deleteFolder.act')}
      error={error}
      busy={isPending}
      onConfirm={act}
      onClose={onClose}
      {...(entryIds.length === 0 ? {} : { typed: folder.name })}
    >
      <Stack gap={8}>
        <div>
          {entryIds.length === 0 ? t('deleteFolder.empty') : t('deleteFolder.text', { count: entryIds.length })}{' '}
          {inside.length > 0 && t('deleteFolder.folders', { count: inside.length })}
        </div>
        {entryIds.length > 0 && <div>{t('deleteFolder.sessions')}</div>}
        {dependents.length > 0 && (
          <div>
            {t('deleteFolder.jumps', { count: dependents.length })}
            <ServerNames entries={dependents} />
          </div>
        )}
      </Stack>
    </Confirm>
  );
}
