import { Button } from '@mantine/core';
import { notifications, type NotificationData } from '@mantine/notifications';
import i18next from 'i18next';
import { problemOf } from '../lib/api.ts';
import { worded } from '../lib/messages.ts';
import classes from './notice.module.css';

/** Long enough to read it and to reach for the button. */
const undoMs = 10_000;

/** Says what was done. */
export function notify(message: string): void {
  show({ message });
}

/** Says what went wrong, in the server's words where it has some. A title keeps it until it is closed. */
export function notifyProblem(error: unknown, title?: string): void {
  const problem = problemOf(error);
  const message = problem === undefined ? i18next.t('problem.unreachable') : worded(problem, 'message');
  show({ color: 'red', message, ...(title === undefined ? {} : { title, autoClose: false }) });
}

/** Says what was done and offers to take it back. What it says replaces what it last said of the same `about`. */
export function offerUndo(about: string, message: string, undo: () => void): void {
  notifications.hide(about);
  show({
    id: about,
    autoClose: undoMs,
    message: (
      <span className={classes['root']}>
        <span className={classes['message']}>{message}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(about);
            undo();
          }}
        >
          {i18next.t('notice.undo')}
        </Button>
      </span>
    ),
  });
}

function show(notice: NotificationData): void {
  notifications.show({ ...notice, closeButtonProps: { 'aria-label': i18next.t('notice.close') } });
}
