import i18next from 'i18next';
import { notify } from '../../../ui/notice.tsx';
import { wantedTab, tabOf } from '../../../workspace/store.ts';
import type { DoneReason } from './done-watch.ts';

/** Asks the person for permission to notify them while the app is in the background. Only called when they ask for a notification. */
export async function mayNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  try {
    return (await Notification.requestPermission()) === 'granted';
  } catch {
    return false;
  }
}

/** Tells the person that a command is done: in the app while they look at it, else by a notification of the system. A click shows the terminal. */
export function notifyDone(paneId: string, name: string, reason: DoneReason): void {
  const text = i18next.t(`sessions:done.${reason}`, { name });
  if (document.hasFocus() || !notifySystem(paneId, text)) notify(text);
}

function notifySystem(paneId: string, text: string): boolean {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  try {
    // The text has no output of the server: notifications are shown on locked screens.
    const notification = new Notification('Gatehouse', { body: text, tag: paneId, icon: '/icon-192.png' });
    notification.onclick = () => {
      window.focus();
      notification.close();
      wantedTab.set(tabOf(paneId)?.id);
    };
    return true;
  } catch {
    // Android has notifications only for service workers.
    return false;
  }
}
