import { useTranslation } from 'react-i18next';
import { useObservable } from '../../lib/observable.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { openPaneOf } from '../open-panes.ts';
import type { Pane } from '../workspace.ts';
import { pendingClose, useClosing } from './use-closing.ts';
import classes from './close-dialog.module.css';

/** More names make the list no clearer. */
const maxNames = 8;

/** Asks before a full-screen program or several sessions are closed. */
export function CloseDialog() {
  const { t } = useTranslation('workspace');
  const pending = useObservable(pendingClose);
  const { closeNow } = useClosing();
  if (pending === undefined) return null;
  const { toClose, risk } = pending;
  const { running, fullScreen } = risk;
  const [first] = running;
  return (
    <Confirm
      title={
        running.length === 1
          ? t('closing.titleOne', { name: first?.target.name ?? '' })
          : t('closing.title', { count: running.length })
      }
      act={t('closing.act')}
      onConfirm={() => {
        pendingClose.set(undefined);
        closeNow(toClose);
      }}
      onClose={() => {
        pendingClose.set(undefined);
      }}
    >
      {fullScreen.length > 0 && <p className={classes['text']}>{t('closing.fullScreen')}</p>}
      <ul className={classes['names']}>
        {running.slice(0, maxNames).map((pane) => (
          <Name key={pane.id} pane={pane} isFullScreen={fullScreen.includes(pane)} />
        ))}
        {running.length > maxNames && <li>{t('closing.more', { count: running.length - maxNames })}</li>}
      </ul>
    </Confirm>
  );
}

/** The name of a pane, with the title that its program has set. */
function Name({ pane, isFullScreen }: { readonly pane: Pane; readonly isFullScreen: boolean }) {
  const { t } = useTranslation('workspace');
  const title = openPaneOf(pane)?.runtime.title.get() ?? '';
  return (
    <li>
      <b>{pane.target.name}</b>
      {title !== '' && <span className={classes['title']}>{title}</span>}
      {isFullScreen && <span className={classes['mark']}>{t('closing.isFullScreen')}</span>}
    </li>
  );
}
