import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { locationOf, type Location, type TreeIndex, type TreeNode } from '../tree-index.ts';
import { LocationSelect } from './location-select.tsx';
import { mayContain, locationName, sameLocation, type Target } from './locations.ts';
import { changesOwner, useMove } from './use-move.ts';

interface MoveDialogProps {
  readonly index: TreeIndex;
  readonly node: TreeNode;
  readonly onClose: () => void;
}

/** Moves a server or a folder, without drag and drop. */
export function MoveDialog({ index, node, onClose }: MoveDialogProps) {
  const { t } = useTranslation(['entries', 'app']);
  const move = useMove();
  const [location, setLocation] = useState<Location>(locationOf(node));
  const [crossing, setCrossing] = useState(false);
  if (crossing) return <CrossingMove index={index} node={node} target={{ location }} onClose={onClose} />;
  const act = () => {
    if (changesOwner(node, { location })) {
      setCrossing(true);
      return;
    }
    onClose();
    void move(index, node, { location });
  };
  return (
    <Dialog onClose={onClose} title={t('moving.title', { name: node.name })}>
      <Stack gap={16}>
        <LocationSelect
          index={index}
          label={t('moving.to')}
          location={location}
          onLocation={setLocation}
          allows={(candidate) => mayContain(index, node, candidate)}
          data-autofocus
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('app:confirm.cancel')}
          </Button>
          <Button onClick={act} disabled={sameLocation(location, locationOf(node))}>
            {t('moving.act')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Asks before a move to another owner, because moving it back does not restore everything. */
export function CrossingMove({ index, node, target, onClose }: MoveDialogProps & { readonly target: Target }) {
  const { t } = useTranslation('entries');
  const move = useMove();
  const { organizationId } = target.location;
  const owner = locationName(index, { organizationId, folderId: null });
  const act = () => {
    onClose();
    void move(index, node, target);
  };
  return (
    <Confirm
      title={t('moving.crossesTitle', { name: node.name, owner: owner ?? t('mine') })}
      act={t('moving.act')}
      onConfirm={act}
      onClose={onClose}
    >
      {t('moving.crosses', { owner: owner ?? t('moving.yourself') })}{' '}
      {owner === undefined ? t('moving.toMine') : t('moving.toOrganization', { owner })}
    </Confirm>
  );
}
