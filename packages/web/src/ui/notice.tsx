import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import classes from './notice.module.css';

/** Long enough to read it and to reach for the button. */
const undoMs = 8_000;

interface Undo {
  readonly message: string;
  /** What the button says. */
  readonly undo: string;
  readonly onUndo: () => void;
}

/** Says what was done. */
export function tell(message: string): void {
  notifications.show({ message, closeButtonProps: closeButton() });
}

/** Says what was done and offers to take it back. What it says replaces what it last said of the same `about`. */
export function offerUndo(about: string, { message, undo, onUndo }: Undo): void {
  notifications.hide(about);
  notifications.show({
    id: about,
    autoClose: undoMs,
    closeButtonProps: closeButton(),
    message: (
      <span className={classes['root']}>
        <span className={classes['message']}>{message}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(about);
            onUndo();
          }}
        >
          {undo}
        </Button>
      </span>
    ),
  });
}

function closeButton() {
  return { 'aria-label': i18next.t('confirm.close') };
}
