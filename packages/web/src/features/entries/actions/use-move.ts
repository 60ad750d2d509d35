import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { offerUndo, notify, notifyProblem } from '../../../ui/notice.tsx';
import { useRepositionEntry, useUpdateFolder } from '../queries.ts';
import { locationOf, type TreeIndex, type TreeNode } from '../tree-index.ts';
import { folderPositions, locationName, sameLocation, targetOf, type Target } from './locations.ts';

/** Whether a move changes the owner, which cannot be undone completely. */
export function changesOwner(node: TreeNode, target: Target): boolean {
  return node.organizationId !== target.location.organizationId;
}

/** Moves a server or a folder, notifies the person, and offers Undo if the move can be undone completely. */
export function useMove(): (index: TreeIndex, node: TreeNode, target: Target) => Promise<void> {
  const { t } = useTranslation('entries');
  const put = usePut();
  return useCallback(
    async (index, node, target) => {
      const before = targetOf(index, node);
      const { name } = node;
      try {
        await put(index, node, target);
      } catch (error) {
        notifyProblem(error);
        return;
      }
      const location = locationName(index, target.location) ?? t('mine');
      const stayed = sameLocation(locationOf(node), target.location);
      const message = stayed ? t('notice.reordered', { name }) : t('notice.moved', { name, location });
      if (changesOwner(node, target)) {
        notify(message);
        return;
      }
      offerUndo(`move-${node.type}-${node.id}`, message, () => {
        put(index, node, before).then(() => {
          notify(t('notice.undone', { name }));
        }, notifyProblem);
      });
    },
    [t, put],
  );
}

function usePut(): (index: TreeIndex, node: TreeNode, target: Target) => Promise<void> {
  const { mutateAsync: reposition } = useRepositionEntry();
  const { mutateAsync: updateFolder } = useUpdateFolder();
  return useCallback(
    async (index, node, target) => {
      const { location, beside } = target;
      if (node.type === 'server') {
        const spot = beside === undefined ? {} : { targetId: beside.id, placement: beside.placement };
        await reposition({ id: node.id, ...location, ...spot });
        return;
      }
      const where = { parentId: location.folderId, organizationId: location.organizationId };
      if (beside === undefined) {
        await updateFolder({ id: node.id, ...where });
        return;
      }
      for (const [id, position] of folderPositions(index, node, target))
        await updateFolder({ id, position, ...(id === node.id ? where : {}) });
    },
    [reposition, updateFolder],
  );
}
