import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { useConnectAll, type ServerTarget } from '../commands.ts';

interface ConnectAllDialogProps {
  /** The name of the folder. */
  readonly name: string;
  readonly targets: readonly ServerTarget[];
  readonly onClose: () => void;
}

/** Asks before many sessions are opened at once. */
export function ConnectAllDialog({ name, targets, onClose }: ConnectAllDialogProps) {
  const { t } = useTranslation(['entries', 'app']);
  const connect = useConnectAll();
  return (
    <Dialog onClose={onClose} title={t('connectAll.title', { count: targets.length })}>
      <Stack gap={16}>
        <div>{t('connectAll.text', { name })}</div>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('app:confirm.cancel')}
          </Button>
          <Button
            data-autofocus
            onClick={() => {
              onClose();
              connect(targets);
            }}
          >
            {t('connectAll.act')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
