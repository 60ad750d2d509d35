import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { live } from '../live.ts';
import classes from './connection-banner.module.css';

/** A hiccup shorter than this tells nobody anything. */
const graceMs = 1_500;

/** Says that the server cannot be reached, and goes by itself when it can. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const lost = useSyncExternalStore(live.subscribe, live.state) === 'lost';
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
          <Button size="compact-xs" variant="default" onClick={live.retry}>
            {t('banner.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
