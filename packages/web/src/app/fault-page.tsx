import { Button } from '@mantine/core';
import { IconMoodSad, IconPlugConnectedX } from '@tabler/icons-react';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnreachable, problemOf } from '../lib/api.ts';
import { worded } from '../lib/messages.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { live } from './live.ts';

/** What a screen shows that could not be shown: the server's sentence, that it cannot be reached, or that this app has a fault. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const misses = missesCode(error);
  const unreachable = misses || isUnreachable(error);
  const problem = problemOf(error);
  const fault = unreachable ? t('fault.unreachable') : t('fault.broken');
  const again = () => {
    // A part of the app that did not come is not asked for again by this page.
    if (misses) window.location.reload();
    else void router.invalidate().then(reset);
  };
  useWhenBack(again);
  return (
    <main style={{ height: '100%', display: 'grid', placeItems: 'center' }}>
      <title>{`${t('fault.title')} · Gatehouse`}</title>
      <div role="alert">
        <EmptyState
          icon={unreachable ? IconPlugConnectedX : IconMoodSad}
          heading="h1"
          title={t('fault.title')}
          text={problem === undefined ? fault : worded(problem, 'message')}
        >
          <Button onClick={again}>{t('fault.again')}</Button>
          {!misses && (
            <Button variant="default" onClick={() => window.location.reload()}>
              {t('fault.reload')}
            </Button>
          )}
        </EmptyState>
      </div>
    </main>
  );
}

/** Whether a part of the app itself could not be fetched, in the words of the browsers and of Vite: the server is gone, or has another version now. */
function missesCode(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return /dynamically imported module|importing a module script|preload css/i.test(message);
}

/** Calls `act` when the connection was lost and is there again; not where it never was lost, or a fault would come back forever. */
function useWhenBack(act: () => void): void {
  const state = useSyncExternalStore(live.subscribe, live.state, live.state);
  const wasLost = useRef(false);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  }, [act]);
  useEffect(() => {
    if (state === 'lost') wasLost.current = true;
    else if (state === 'live' && wasLost.current) {
      wasLost.current = false;
      latest.current();
    }
  }, [state]);
}
