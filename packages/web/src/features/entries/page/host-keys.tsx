import { Button } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../lib/api.ts';
import { day } from '../../../lib/time.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StepLog } from '../../../ui/step-log.tsx';
import { notify } from '../../../ui/notice.tsx';
import { hostKeysOf, useForgetHostKey, useScanHostKeys, type PinnedKey } from '../queries.ts';
import classes from './entry-page.module.css';
import { PasteKeys } from './paste-keys.tsx';
import { ScanResult } from './scan-result.tsx';
import { Section } from './section.tsx';

interface HostKeysProps {
  readonly entryId: number;
  readonly mayChange: boolean;
}

/** The host keys that are pinned for a server, and what it offers now. */
export function HostKeys({ entryId, mayChange }: HostKeysProps) {
  const { t } = useTranslation('entries');
  const { data } = useQuery(hostKeysOf(entryId));
  const scan = useScanHostKeys(entryId);
  const [pasting, setPasting] = useState(false);
  const [forgetting, setForgetting] = useState<PinnedKey>();
  const known = data?.keys ?? [];
  return (
    <Section
      title={t('keys.title')}
      actions={
        <>
          {mayChange && (
            <Button variant="subtle" color="gray" onClick={() => setPasting(true)}>
              {t('keys.paste')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconRadar2 size={16} stroke={1.6} aria-hidden />}
            loading={scan.isPending}
            onClick={() => scan.mutate()}
          >
            {t('keys.scan')}
          </Button>
        </>
      }
    >
      {data !== undefined && known.length === 0 && scan.data === undefined && (
        <p className={classes['note']}>{t('keys.none')}</p>
      )}
      {scan.error !== null && (
        <div className={classes['note']}>
          <ProblemAlert error={scan.error} />
          <StepLog steps={problemOf(scan.error)?.steps ?? []} />
        </div>
      )}
      {scan.data === undefined ? (
        <ul className={classes['list']}>
          {known.map((key) => (
            <KeyRow key={key.id} pinned={key} {...(mayChange ? { onForget: setForgetting } : {})} />
          ))}
        </ul>
      ) : (
        <ScanResult
          entryId={entryId}
          pinned={known.filter(({ authority, revoked }) => !authority && !revoked)}
          revoked={known.filter(({ revoked }) => revoked)}
          offered={scan.data.keys}
          mayChange={mayChange}
          onClose={() => scan.reset()}
        />
      )}
      {pasting && <PasteKeys entryId={entryId} onClose={() => setPasting(false)} />}
      {forgetting !== undefined && (
        <Forget entryId={entryId} pinned={forgetting} onClose={() => setForgetting(undefined)} />
      )}
    </Section>
  );
}

interface KeyRowProps {
  readonly pinned: PinnedKey;
  readonly onForget?: (pinned: PinnedKey) => void;
}

function KeyRow({ pinned, onForget }: KeyRowProps) {
  const { t, i18n } = useTranslation('entries');
  const { algorithm, fingerprint, source, firstSeenAt, authority, revoked } = pinned;
  return (
    <li className={classes['row']}>
      <div className={classes['key']}>
        <Fingerprint value={fingerprint} />
        <span>
          <span className={classes['algorithm']}>{algorithm}</span>{' '}
          {authority && <Chip tone="accent">{t('keys.authority')}</Chip>}{' '}
          {revoked && <Chip tone="bad">{t('keys.revoked')}</Chip>}{' '}
          <span className={classes['faint']}>
            {t(`keys.source.${source}`, { day: day(firstSeenAt, i18n.language) })}
          </span>
        </span>
      </div>
      <span className={classes['space']} />
      {onForget !== undefined && (
        <Button
          variant="subtle"
          color="red"
          aria-label={t('keys.forgetOf', { fingerprint })}
          onClick={() => onForget(pinned)}
        >
          {t('keys.forget')}
        </Button>
      )}
    </li>
  );
}

interface ForgetProps {
  readonly entryId: number;
  readonly pinned: PinnedKey;
  readonly onClose: () => void;
}

function Forget({ entryId, pinned, onClose }: ForgetProps) {
  const { t } = useTranslation('entries');
  const { mutate, error, isPending } = useForgetHostKey(entryId);
  const act = () =>
    mutate(pinned.id, {
      onSuccess: () => {
        notify(t('keys.forgotten'));
        onClose();
      },
    });
  return (
    <Confirm
      title={t(pinned.revoked ? 'keys.unrevokeTitle' : 'keys.forgetTitle')}
      act={t('keys.forget')}
      error={error}
      busy={isPending}
      onConfirm={act}
      onClose={onClose}
    >
      <p style={{ marginTop: 0 }}>{t(pinned.revoked ? 'keys.unrevokeText' : 'keys.forgetText')}</p>
      <Fingerprint value={pinned.fingerprint} />
    </Confirm>
  );
}
