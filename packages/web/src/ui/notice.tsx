import { Button } from '@mantine/core';
import { notifications, type NotificationData } from '@mantine/notifications';
import i18next from 'i18next';
import { problemOf } from '../lib/api.ts';
import { worded } from '../lib/messages.ts';
import classes from './notice.module.css';

/** Long enough to read the message and to click the button. */
const undoMs = 10_000;

/** Shows a notification of success. */
export function notify(message: string): void {
  show({ message });
}

/** Shows a notification of an error, with the server's message if there is one. With a title, it stays until it is closed. */
export function notifyProblem(error: unknown, title?: string): void {
  const problem = problemOf(error);
  const message = problem === undefined ? i18next.t('problem.unreachable') : worded(problem, 'message');
  show({ color: 'red', message, ...(title === undefined ? {} : { title, autoClose: false }) });
}

/** Shows a notification of success with an Undo button for `forMs`. It replaces the previous one with the same `about`. */
export function offerUndo(about: string, message: string, undo: () => void, forMs = undoMs): void {
  notifications.hide(about);
  show({
    id: about,
    autoClose: forMs,
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
