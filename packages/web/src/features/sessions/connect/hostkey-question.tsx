import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../ui/copy-button.tsx';
import type { Question } from '../connection/progress.ts';
import classes from './card.module.css';
import { Changes } from './destination.tsx';

/** The files of OpenSSH's host keys, by algorithm. */
const keyFiles: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'ed25519',
  'ssh-rsa': 'rsa',
  'rsa-sha2-256': 'rsa',
  'rsa-sha2-512': 'rsa',
};

interface HostKeyQuestionProps {
  readonly question: Extract<Question, { kind: 'hostkey' }>;
  readonly takesFocus: boolean;
  readonly onAnswer: (values: readonly string[]) => void;
}

/** Asks whether to trust an unknown host key. Trusting is what most people came for; Enter alone does not do it. */
export function HostKeyQuestion({ question, takesFocus, onAnswer }: HostKeyQuestionProps) {
  const { t } = useTranslation('sessions');
  const { host, port, algorithm, fingerprint } = question;
  const file = keyFiles[algorithm] ?? (algorithm.startsWith('ecdsa') ? 'ecdsa' : '*');
  const command = `ssh-keygen -lf /etc/ssh/ssh_host_${file}_key.pub`;
  return (
    <section className={classes['section']} aria-labelledby="hostkey-title">
      <h2 className={classes['title']} id="hostkey-title">
        {t('hostKey.unknown')}
      </h2>
      <p className={classes['text']}>{t('hostKey.unknownText', { where: `${host}:${port}` })}</p>
      <Changes destination={question.destination} />
      <dl className={classes['facts']}>
        <div>
          <dt>{algorithm}</dt>
          <dd className={classes['fingerprint']}>{fingerprint}</dd>
        </div>
      </dl>
      <p className={classes['text']} style={{ marginBottom: 4 }}>
        {t('hostKey.compare')}
      </p>
      <div className={classes['command']}>
        <code tabIndex={0}>{command}</code>
        <CopyButton value={command} />
      </div>
      <div className={classes['actions']}>
        <Button
          onClick={() => {
            onAnswer(['accept']);
          }}
        >
          {t('hostKey.trust')}
        </Button>
        <Button
          variant="default"
          autoFocus={takesFocus}
          onClick={() => {
            onAnswer(['refuse']);
          }}
        >
          {t('hostKey.cancel')}
        </Button>
      </div>
    </section>
  );
}
