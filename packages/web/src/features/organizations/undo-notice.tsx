import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './undo-notice.module.css';

interface UndoNotice {
  readonly message: string;
  readonly undo: string;
  readonly onUndo: () => void;
}

/** Long enough to read it and to reach for the button. */
const shownMs = 8_000;

/** Says what was done and offers to take it back. One at a time for each `about`: what it says replaces what it said. */
export function offerUndo(about: string, { message, undo, onUndo }: UndoNotice): void {
  notifications.hide(about);
  notifications.show({
    id: about,
    autoClose: shownMs,
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
