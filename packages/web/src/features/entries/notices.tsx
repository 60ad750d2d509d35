import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { problemOf } from '../../lib/api.ts';

const undoMs = 10_000;

interface Undo {
  readonly label: string;
  readonly act: () => void;
}

/** Says what was done, and offers to take it back. */
export function tell(message: string, undo?: Undo): void {
  const closeButtonProps = { 'aria-label': i18next.t('notice.close', { ns: 'entries' }) };
  if (undo === undefined) {
    notifications.show({ message, closeButtonProps });
    return;
  }
  const takeBack = () => {
    notifications.hide(id);
    undo.act();
  };
  const id = notifications.show({
    autoClose: undoMs,
    closeButtonProps,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{message}</span>
        <Button size="compact-sm" variant="default" onClick={takeBack}>
          {undo.label}
        </Button>
      </Group>
    ),
  });
}

/** Says what went wrong, in the server's words. */
export function tellProblem(error: unknown): void {
  notifications.show({
    color: 'red',
    message: problemOf(error)?.message ?? i18next.t('problem.unreachable'),
    closeButtonProps: { 'aria-label': i18next.t('notice.close', { ns: 'entries' }) },
  });
}
