import { useTranslation } from 'react-i18next';
import type { OpenPane } from './pane-kind.ts';
import classes from './status-bar.module.css';

/** The status bar: the connection of the active pane, as its kind shows it. */
export function StatusBar({ active: { Status } }: { readonly active: OpenPane }) {
  const { t } = useTranslation('workspace');
  return (
    <div role="group" className={classes['bar']} aria-label={t('status.label')}>
      {Status && <Status />}
    </div>
  );
}
