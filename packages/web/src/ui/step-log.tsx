import type { Step } from '@gatehouse/contract/problem';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { worded } from '../lib/messages.ts';
import { Status } from './chip.tsx';
import { CopyButton } from './copy-button.tsx';
import classes from './step-log.module.css';

/** The steps that have a translated name; a step of an unknown protocol is shown by its identifier. */
const named = ['dns', 'tcp', 'banner', 'kex', 'hostkey', 'auth', 'channel'] as const;
const tones = { ok: 'ok', failed: 'bad', skipped: 'neutral' } as const;

/** The connection log of a login, step by step; a failed step has a hint. */
export function StepLog({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <ol className={classes['root']} aria-label={t('steps.title')}>
      {steps.map((step, index) => (
        // Steps are only appended, so their index is a stable key.
        <li key={index} className={classes['step']} data-status={step.status}>
          <Status tone={tones[step.status]} />
          <span className={classes['detail']}>
            {step.hop !== undefined && <span className={classes['hop']}>{step.hop} </span>}
            {nameOf(step, t)} {worded(step, 'detail')}
            {step.hint !== undefined && (
              <span className={classes['hint']}>{worded({ ...step, hint: step.hint }, 'hint')}</span>
            )}
            {step.line !== undefined && (
              <span className={classes['line']}>
                <code>{step.line}</code>
                <CopyButton value={step.line} />
              </span>
            )}
          </span>
          <span className={classes['ms']}>{Math.round(step.ms)} ms</span>
        </li>
      ))}
    </ol>
  );
}

function nameOf({ step }: Step, t: TFunction): string {
  const known = named.find((name) => name === step);
  return known === undefined ? step : t(`steps.${known}`);
}
