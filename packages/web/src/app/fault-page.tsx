import { Button } from '@mantine/core';
import { IconMoodSad, IconPlugConnectedX } from '@tabler/icons-react';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnreachable, problemOf } from '../lib/api.ts';
import { worded } from '../lib/messages.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { stateSocket } from './state-socket.ts';

/** Replaces a screen that could not be shown: with the server's message, with "unreachable", or with "unexpected error". */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const misses = missesCode(error);
  const unreachable = misses || isUnreachable(error);
  const problem = problemOf(error);
  const fault = unreachable ? t('fault.unreachable') : t('fault.broken');
  const again = () => {
    // The browser does not request a module again that failed to load; only a reload does.
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

/** Whether a module of the app could not be loaded, by the messages of browsers and of Vite: the server is unreachable, or has another version now. */
function missesCode(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return /dynamically imported module|importing a module script|preload css/i.test(message);
}

/** Calls `act` when a lost connection is restored; not if it never was lost, or an error would repeat forever. */
function useWhenBack(act: () => void): void {
  const state = useSyncExternalStore(stateSocket.subscribe, stateSocket.state, stateSocket.state);
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
