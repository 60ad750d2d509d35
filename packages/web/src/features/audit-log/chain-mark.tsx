import { Button, Popover } from '@mantine/core';
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { worded } from '../../lib/messages.ts';
import { ago } from '../../lib/time.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import classes from './chain-mark.module.css';
import { sizeAndHash } from './checkpoint.ts';
import { checkpoint, lastVerification, useVerify } from './queries.ts';
import { chainOf } from './chain.ts';

const icons = {
  verified: IconShieldCheck,
  broken: IconShieldX,
  uncompared: IconShieldQuestion,
  never: IconShieldQuestion,
};

/** The result and the time of the last verification, and a button to verify now; for administrators. */
export function ChainMark() {
  const { t } = useTranslation('auditLog');
  const [isOpen, setOpen] = useState(false);
  const { data: last } = useQuery(lastVerification);
  const { state } = chainOf(last);
  const Icon = icons[state];
  return (
    <Popover opened={isOpen} onChange={setOpen} width={400} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes['mark'] ?? ''}
          data-state={state}
          leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {t(`chain.${state}`)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes['dropdown'] ?? ''} aria-label={t('chain.title')}>
        <ChainFacts />
      </Popover.Dropdown>
    </Popover>
  );
}

function ChainFacts() {
  const { t, i18n } = useTranslation('auditLog');
  const { data: last } = useQuery(lastVerification);
  const verify = useVerify();
  const { state, count, first } = chainOf(last);
  const { problem = null } = verify.data ?? {};
  return (
    <>
      <h2 className={classes['title']}>{t('chain.title')}</h2>
      <p className={classes['text']}>{t('chain.explain')}</p>
      <div role="status" className={classes['result']} data-state={state}>
        {state === 'verified' && <p>{t('chain.fine', { count })}</p>}
        {state === 'uncompared' && <p>{t('chain.alone', { count })}</p>}
        {state === 'broken' && first > 0 && <p>{t('chain.bad', { first })}</p>}
        {problem !== null && <p>{worded({ ...verify.data, problem }, 'problem')}</p>}
        {last !== null && last !== undefined && (
          <p className={classes['when']}>
            {t('chain.by', { when: ago(last.timestamp, i18n.language), name: last.actor })}
          </p>
        )}
      </div>
      <ProblemAlert error={verify.error} />
      <Button
        variant={state === 'never' ? 'filled' : 'default'}
        loading={verify.isPending}
        onClick={() => {
          verify.mutate();
        }}
      >
        {t('chain.verify')}
      </Button>
      <Checkpoint />
    </>
  );
}

function Checkpoint() {
  const { t } = useTranslation('auditLog');
  const { data, error } = useQuery(checkpoint);
  const facts = data === undefined ? undefined : sizeAndHash(data.note);
  return (
    <section className={classes['checkpoint']} aria-label={t('chain.checkpoint')}>
      <h3 className={classes['title']}>{t('chain.checkpoint')}</h3>
      <ProblemAlert error={error} />
      {facts !== undefined && (
        <p className={classes['text']}>
          {t('chain.checkpointText', { count: facts.size })}{' '}
          <span className="mono" style={{ overflowWrap: 'anywhere' }}>
            {facts.hash}
          </span>
        </p>
      )}
      <p className={classes['text']}>{t('chain.keep')}</p>
      {data !== undefined && (
        <div className={classes['copies']}>
          <CopyButton value={data.note} label={t('chain.copyNote')} />
          <CopyButton value={data.verifierKey} label={t('chain.copyKey')} />
        </div>
      )}
    </section>
  );
}
