import type { Identity } from '@gatehouse/contract/identities';
import type { Step } from '@gatehouse/contract/problem';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../lib/observable.ts';
import { useSessionIdentity } from '../queries.ts';
import classes from './connection-facts.module.css';
import type { TerminalRuntime } from './terminal-runtime.ts';
import { useNow } from './use-now.ts';

/** The status bar of a terminal: identity, cipher, title, latency and size. */
export function ConnectionFacts({ runtime }: { readonly runtime: TerminalRuntime }) {
  const { t } = useTranslation('sessions');
  const { phase, steps, sessionId } = useObservable(runtime.connection.progress);
  const size = useObservable(runtime.size);
  const echoMs = useObservable(runtime.echoMs);
  const title = useObservable(runtime.title);
  const identity = useSessionIdentity(sessionId);
  const isOpen = phase.kind === 'open' || phase.kind === 'lost';
  const used = identity === undefined ? undefined : usedOf(identity, stepOf(steps, 'auth'));
  return (
    <>
      {isOpen && (
        <>
          <span className={`mono ${classes['identity'] ?? ''}`}>
            {identity === undefined ? t('status.typed') : `${identity.name} · ${used ?? t('status.password')}`}
          </span>
          <span className={classes['cipher']}>{cipherOf(stepOf(steps, 'kex'))}</span>
        </>
      )}
      <span className={classes['title']}>{title}</span>
      {phase.kind === 'open' && phase.silentSinceMs !== undefined && <Silence sinceMs={phase.silentSinceMs} />}
      {phase.kind === 'open' && phase.silentSinceMs === undefined && echoMs !== undefined && (
        <span title={t('status.echoHint')}>
          {t('status.echo', { ms: echoMs < 10 ? echoMs.toFixed(1) : Math.round(echoMs) })}
        </span>
      )}
      <span>{t('status.size', { ...size })}</span>
    </>
  );
}

/** In place of the latency, which nothing confirms any more. */
function Silence({ sinceMs }: { readonly sinceMs: number }) {
  const { t } = useTranslation('sessions');
  return <span>{t('status.silent', { seconds: Math.max(0, Math.round((useNow() - sinceMs) / 1000)) })}</span>;
}

/** The target's own step, not a jump host's; the last one, since messages and factors before it are steps, too. */
function stepOf(steps: readonly Step[], name: Step['step']): string {
  return steps.findLast(({ step, hop, status }) => step === name && hop === undefined && status === 'ok')?.detail ?? '';
}

/** The algorithm of the identity's key if the server accepted it; undefined for a password. */
function usedOf({ key }: Identity, auth: string): string | undefined {
  const fingerprint = key?.fingerprint ?? undefined;
  const letIn = fingerprint !== undefined && auth.includes(fingerprint);
  return letIn ? key?.algorithm?.replace(/^ssh-/, '') : undefined;
}

function cipherOf(kex: string): string {
  return (kex.split(',')[0] ?? '').replace(/@openssh\.com$/, '');
}
