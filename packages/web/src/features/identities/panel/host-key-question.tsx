import type { HostKeyFacts, Problem } from '@gatehouse/contract/problem';
import { Button, Group } from '@mantine/core';
import { IconShieldQuestion, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useTrustHostKey } from '../changes.ts';
import classes from './host-key-question.module.css';

interface HostKeyQuestionProps {
  readonly hostKey: NonNullable<Problem['hostKey']>;
  /** Called when the offered key is pinned. */
  readonly onTrusted: () => void;
  readonly onCancel: () => void;
}

/** Shows an unknown or changed host key and asks whether to trust it. Enter alone does not. */
export function HostKeyQuestion({ hostKey, onTrusted, onCancel }: HostKeyQuestionProps) {
  const { t } = useTranslation('identities');
  const { entryId, host, port, offered, pinned } = hostKey;
  const changed = pinned.length > 0;
  const trusting = useTrustHostKey();
  const Icon = changed ? IconAlertTriangle : IconShieldQuestion;
  const words = changed ? 'changed' : 'unknown';
  return (
    <div className={classes['root']} data-changed={changed || undefined} role="alert">
      <h4 className={classes['title']}>
        <Icon size={18} stroke={1.6} aria-hidden />
        {t(`hostKey.${words}Title`)}
      </h4>
      <p className={classes['text']}>{t(`hostKey.${words}Text`, { host, port })}</p>
      <dl className={classes['keys']}>
        <Key label={t('hostKey.offered')} facts={offered} />
        {pinned.map((facts) => (
          <Key key={facts.fingerprint} label={t('hostKey.pinned')} facts={facts} />
        ))}
      </dl>
      <ProblemAlert error={trusting.error} />
      <Group gap={8} justify="flex-end">
        <Button
          {...(changed && { variant: 'subtle', color: 'red' })}
          loading={trusting.isPending}
          onClick={() => trusting.mutate({ entryId, publicKey: offered.publicKey }, { onSuccess: onTrusted })}
        >
          {t(changed ? 'hostKey.trustChanged' : 'hostKey.trustNew')}
        </Button>
        <Button variant="default" autoFocus onClick={onCancel}>
          {t('hostKey.cancel')}
        </Button>
      </Group>
    </div>
  );
}

function Key({ label, facts }: { readonly label: string; readonly facts: HostKeyFacts }) {
  return (
    <div>
      <dt className={classes['label']}>
        {label} · {facts.algorithm}
      </dt>
      <dd className={classes['fingerprint']}>{facts.fingerprint}</dd>
    </div>
  );
}
