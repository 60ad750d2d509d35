import type { Entry } from '@gatehouse/contract/entries';
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.tsx';
import { notify } from '../../../ui/notice.tsx';
import { useDeleteEntry } from '../queries.ts';
import type { TreeIndex } from '../tree-index.ts';
import { dependentsOf } from './locations.ts';
import { ServerNames } from './server-names.tsx';

interface DeleteServerProps {
  readonly index: TreeIndex;
  readonly entry: Entry;
  readonly onClose: () => void;
  readonly onDeleted?: ((entryId: number) => void) | undefined;
}

/** Asks before a server is deleted, and shows the consequences. */
export function DeleteServer({ index, entry, onClose, onDeleted }: DeleteServerProps) {
  const { t } = useTranslation('entries');
  const { mutateAsync, error, isPending } = useDeleteEntry();
  const dependents = dependentsOf(index, new Set([entry.id]));
  // The screen that asked may be closed before the answer arrives: the state socket may report the deletion first.
  const act = async () => {
    try {
      await mutateAsync(entry.id);
    } catch {
      // The dialog shows the error.
      return;
    }
    notify(t('notice.deleted', { name: entry.name }));
    onClose();
    onDeleted?.(entry.id);
  };
  return (
    <Confirm
      title={t('deleteServer.title', { name: entry.name })}
      act={t('deleteServer.act')}
      error={error}
      busy={isPending}
      onConfirm={() => void act()}
      onClose={onClose}
    >
      <Stack gap={8}>
        <div>{t('deleteServer.text')}</div>
        <div>{t('deleteServer.sessions')}</div>
        {dependents.length > 0 && (
          <div>
            {t('deleteServer.jumps', { count: dependents.length })}
            <ServerNames entries={dependents} />
          </div>
        )}
      </Stack>
    </Confirm>
  );
}
