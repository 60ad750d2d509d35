import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureWords } from '../connect/failure-note.tsx';
import type { Phase } from '../connection/progress.ts';
import { useObservable } from '../../../lib/observable.ts';
import { interruptedPanes } from './interrupted-panes.ts';
import type { TerminalRuntime } from './terminal-runtime.ts';
import { useNow } from './use-now.ts';
import classes from './terminal.module.css';

interface SessionNoticeProps {
  readonly runtime: TerminalRuntime;
  readonly phase: Phase;
  readonly onClose: () => void;
}

/** Shown below the screen when the connection is lost or the session has ended; the output stays visible. */
export function SessionNotice({ runtime, phase, onClose }: SessionNoticeProps) {
  const { t } = useTranslation('sessions');
  const join = () => {
    runtime.connection.join();
  };
  switch (phase.kind) {
    case 'open':
      return phase.silentSinceMs === undefined ? null : (
        <div className={classes['notice']} data-tone="warn" role="status">
          <span className={classes['notice-text']}>
            <Silence sinceMs={phase.silentSinceMs} />
          </span>
          <Button size="xs" variant="default" onClick={join}>
            {t('pane.reconnectNow')}
          </Button>
        </div>
      );
    case 'lost':
      return (
        <div className={classes['notice']} data-tone="warn" role="status">
          <span className={classes['notice-text']}>
            <Countdown untilMs={phase.retryAtMs} />
          </span>
          <Button size="xs" variant="default" onClick={join}>
            {t('pane.reconnectNow')}
          </Button>
        </div>
      );
    case 'elsewhere':
      return (
        <div className={classes['notice']} role="status">
          <span className={classes['notice-text']}>{t('pane.elsewhere')}</span>
          <Button size="xs" variant="default" onClick={join}>
            {t('pane.takeBack')}
          </Button>
        </div>
      );
    case 'exited':
    case 'failed':
      return (
        <div className={classes['notice']} data-tone={phase.kind === 'failed' ? 'bad' : undefined} role="status">
          <span className={classes['notice-text']}>
            {phase.kind === 'failed' ? <FailureWords failure={phase.failure} /> : <ExitWords {...phase} />}{' '}
            <span className={classes['hint']}>· {t('pane.enterReconnects')}</span>
          </span>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('pane.closePane')}
          </Button>
          <ReconnectAll />
          <Button
            size="xs"
            onClick={() => {
              runtime.reconnect();
            }}
          >
            {t('pane.reconnect')}
          </Button>
        </div>
      );
    case 'new':
    case 'asks':
    case 'connecting':
    case 'joining':
      return null;
  }
}

/** For the sessions that a restart, for example, has ended in several panes at once. */
function ReconnectAll() {
  const { t } = useTranslation('sessions');
  const count = useObservable(interruptedPanes.count);
  if (count < 2) return null;
  return (
    <Button size="xs" variant="default" onClick={() => void interruptedPanes.reconnectAll()}>
      {t('pane.reconnectAll', { count })}
    </Button>
  );
}

function ExitWords({ code, signal }: { readonly code: number | null; readonly signal: string | null }) {
  const { t } = useTranslation('sessions');
  if (code !== null) return t('pane.exited', { code });
  return signal === null ? t('pane.exitedLost') : t('pane.exitedSignal', { signal });
}

/** Seconds until the next attempt; without a time, the attempt is in progress. */
function Countdown({ untilMs }: { readonly untilMs: number | undefined }) {
  const { t } = useTranslation('sessions');
  const nowMs = useNow();
  if (untilMs === undefined) return t('pane.lostNow');
  return t('pane.lost', { seconds: Math.max(1, Math.ceil((untilMs - nowMs) / 1000)) });
}

/** Since when the server has not answered. Read out once, not every second. */
function Silence({ sinceMs }: { readonly sinceMs: number }) {
  const { t } = useTranslation('sessions');
  const seconds = Math.max(0, Math.round((useNow() - sinceMs) / 1000));
  return (
    <>
      <span aria-live="off">{t('pane.silent', { seconds })}</span> {t('pane.silentHint')}
    </>
  );
}
