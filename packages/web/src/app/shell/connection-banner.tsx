import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { stateSocket } from '../state-socket.ts';
import classes from './connection-banner.module.css';

const listenersOf = ['online', 'offline'] as const;

/** Shorter interruptions are not shown. */
const graceMs = 1_500;

/** Shows that the server does not answer or cannot be reached, until it can be reached again. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const state = useSyncExternalStore(stateSocket.subscribe, stateSocket.state);
  const isOnline = useSyncExternalStore(subscribeToOnline, () => navigator.onLine);
  const [shown, setShown] = useState(false);
  const lost = state === 'lost' || state === 'silent';
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setShown(lost);
      },
      state === 'lost' ? graceMs : 0,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [lost, state]);
  return (
    <div role="status">
      {shown && lost && (
        <div className={classes['root']}>
          <IconPlugConnectedX size={16} stroke={1.6} aria-hidden />
          <span>{t(wordsOf(state, isOnline))}</span>
          <Button size="compact-xs" variant="default" onClick={stateSocket.retry}>
            {t('banner.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Why nothing answers. A browser that says `online` may still reach nothing, so only the other is worth telling. */
function wordsOf(state: string, isOnline: boolean) {
  if (!isOnline) return 'banner.offline';
  return state === 'silent' ? 'banner.silent' : 'banner.lost';
}

function subscribeToOnline(listener: () => void): () => void {
  for (const name of listenersOf) window.addEventListener(name, listener);
  return () => {
    for (const name of listenersOf) window.removeEventListener(name, listener);
  };
}
