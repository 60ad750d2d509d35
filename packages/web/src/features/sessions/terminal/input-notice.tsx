import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../lib/observable.ts';
import type { TerminalConnection } from '../connection/terminal-connection.ts';
import classes from './terminal.module.css';

/** Less than this is sent before a person could read a notice. */
const shownFromBytes = 256 * 1024;

/** Shown below the screen while a long paste is on its way: how much is left, and a button that drops it. */
export function InputNotice({ connection }: { readonly connection: TerminalConnection }) {
  const { t } = useTranslation('sessions');
  const bytes = useObservable(connection.waitingInput);
  if (bytes < shownFromBytes) return null;
  return (
    <div className={classes['notice']} role="status">
      <span className={classes['notice-text']}>{t('pane.sending', { kib: Math.ceil(bytes / 1024) })}</span>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          connection.cancelInput();
        }}
      >
        {t('pane.cancelSending')}
      </Button>
    </div>
  );
}
