import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/chip.tsx';
import { StepLog } from '../../../ui/step-log.tsx';
import type { Choice } from '../connection/open-session.ts';
import { wasLoginRefused, type Progress } from '../connection/progress.ts';
import { useSessionIdentity } from '../queries.ts';
import type { TerminalRuntime } from '../terminal/terminal-runtime.ts';
import type { Target } from '../terminal/target.ts';
import classes from './card.module.css';
import { CredentialForm } from './credential-form.tsx';
import { FailureNote } from './failure-note.tsx';
import { HostKeyChanged } from './hostkey-changed.tsx';
import { HostKeyQuestion } from './hostkey-question.tsx';
import { PromptQuestion } from './prompt-question.tsx';

interface ConnectCardProps {
  readonly target: Target;
  readonly runtime: TerminalRuntime;
  readonly progress: Progress;
  /** Whether its pane is the active one; another pane must not take the focus. */
  readonly takesFocus: boolean;
  /** Closes the pane. */
  readonly onClose: () => void;
}

/** Shown in the pane until the shell is open: the connection log, the questions of the login, and failures. */
export function ConnectCard(props: ConnectCardProps) {
  const { t } = useTranslation('sessions');
  const { target, progress } = props;
  const identity = useSessionIdentity(progress.sessionId);
  return (
    <div className={classes['ground']}>
      <section className={classes['card']} aria-label={t('connect.label', { name: target.name })} aria-live="polite">
        <header className={classes['head']}>
          <h2 className={classes['name']}>{target.name}</h2>
          {identity !== undefined && <Chip>{identity.name}</Chip>}
        </header>
        {progress.steps.length > 0 && <StepLog steps={progress.steps} />}
        <What {...props} />
      </section>
    </div>
  );
}

function What({ target, runtime, progress, takesFocus, onClose }: ConnectCardProps) {
  const { t } = useTranslation('sessions');
  const { connection } = runtime;
  const reconnect = (choice?: Choice) => {
    runtime.reconnect(choice);
  };
  const { phase } = progress;
  // The output of the session before stays.
  const showOutput = runtime.hasOutput
    ? () => {
        if (phase.kind === 'asks') connection.giveUp();
        runtime.isCardHidden.set(true);
      }
    : undefined;
  switch (phase.kind) {
    case 'asks':
      return (
        <CredentialForm
          target={target}
          lastUsername={connection.typedUsername}
          takesFocus={takesFocus}
          onChoose={reconnect}
          onCancel={showOutput ?? onClose}
        />
      );
    case 'failed':
      return phase.failure.error === 'host_key_changed' && phase.failure.hostKey !== undefined ? (
        <HostKeyChanged
          hostKey={phase.failure.hostKey}
          takesFocus={takesFocus}
          onCancel={showOutput ?? onClose}
          onReplaced={reconnect}
        />
      ) : (
        <FailureNote
          target={target}
          failure={phase.failure}
          takesFocus={takesFocus}
          isInLog={progress.steps.some(({ status, detail }) => status === 'failed' && detail === phase.failure.message)}
          asksAgain={wasLoginRefused(progress) && connection.typedUsername !== undefined}
          onRetry={reconnect}
          onShowOutput={showOutput}
          onAsk={() => {
            connection.ask();
          }}
        />
      );
    case 'connecting': {
      const { question } = phase;
      if (question === undefined) return <Working text={t('connect.working')} />;
      const onAnswer = (values: readonly string[]) => {
        connection.answer(question.id, values);
      };
      return question.kind === 'hostkey' ? (
        <HostKeyQuestion question={question} takesFocus={takesFocus} onAnswer={onAnswer} />
      ) : (
        <PromptQuestion key={question.id} question={question} takesFocus={takesFocus} onAnswer={onAnswer} />
      );
    }
    case 'joining':
      return <Working text={t('connect.joining')} />;
    case 'new':
    case 'open':
    case 'lost':
    case 'elsewhere':
    case 'exited':
      return <Working text={t('connect.working')} />;
  }
}

function Working({ text }: { readonly text: string }) {
  return (
    <p className={classes['working']}>
      <Loader size={14} aria-hidden />
      {text}
    </p>
  );
}
