import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { stateSocket } from '../state-socket.ts';
import classes from './connection-banner.module.css';

/** Shorter interruptions are not shown. */
const graceMs = 1_500;

/** Shows that the server cannot be reached, until it can be reached again. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const lost = useSyncExternalStore(stateSocket.subscribe, stateSocket.state) === 'lost';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setShown(lost);
      },
      lost ? graceMs : 0,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [lost]);
  return (
    <div role="status">
      {shown && (
        <div className={classes['root']}>
          <IconPlugConnectedX size={16} stroke={1.6} aria-hidden />
          <span>{t('banner.lost')}</span>
          <Button size="compact-xs" variant="default" onClick={stateSocket.retry}>
            {t('banner.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
