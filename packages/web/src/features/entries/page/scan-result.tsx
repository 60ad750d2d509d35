import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { notify } from '../../../ui/notice.tsx';
import { usePinHostKeys } from '../queries.ts';
import { compareKeys, type Comparison } from './compare-keys.ts';
import classes from './entry-page.module.css';

interface ScanResultProps {
  readonly entryId: number;
  readonly pinned: readonly HostKeyFacts[];
  readonly offered: readonly HostKeyFacts[];
  /** Never accepted for this server. */
  readonly revoked: readonly HostKeyFacts[];
  readonly mayChange: boolean;
  readonly onClose: () => void;
}

/** Pinned and offered keys side by side; differences can be accepted. */
export function ScanResult({ entryId, pinned, offered, revoked, mayChange, onClose }: ScanResultProps) {
  const { t } = useTranslation('entries');
  const [asking, setAsking] = useState(false);
  const { mutate, error, isPending } = usePinHostKeys(entryId);
  const comparison = compareKeys({ pinned, offered, revoked });
  const pin = () =>
    mutate(
      offered.map(({ publicKey }) => publicKey),
      {
        onSuccess: () => {
          notify(t('keys.done'));
          onClose();
        },
      },
    );
  const isPinned = ({ publicKey }: HostKeyFacts) => pinned.some((key) => key.publicKey === publicKey);
  const isBad = ({ publicKey }: HostKeyFacts) =>
    comparison === 'changed' || revoked.some((key) => key.publicKey === publicKey);
  const isOffered = ({ publicKey }: HostKeyFacts) => offered.some((key) => key.publicKey === publicKey);
  return (
    <div role="group" aria-label={t('keys.offered')}>
      <p className={classes['note']} role="status">
        {t(comparison === 'revoked' ? 'keys.revokedOffered' : `keys.${comparison}`)}
      </p>
      <div className={classes['keys']}>
        <Side title={t('keys.pinned')} keys={pinned} toneOf={(key) => (isOffered(key) ? 'ok' : undefined)} />
        <Side
          title={t('keys.offered')}
          keys={offered}
          toneOf={(key) => (isPinned(key) ? 'ok' : isBad(key) ? 'bad' : undefined)}
        />
      </div>
      {!asking && error !== null && (
        <div className={classes['note']}>
          <ProblemAlert error={error} />
        </div>
      )}
      <div className={classes['actions']}>
        <Accept
          comparison={comparison}
          mayPin={mayChange}
          busy={isPending}
          onPin={pin}
          onReplace={() => setAsking(true)}
        />
        <Button variant="default" onClick={onClose}>
          {t('keys.closeScan')}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={t('keys.replaceTitle')}
          act={t('keys.replaceAct')}
          error={error}
          busy={isPending}
          onConfirm={pin}
          onClose={() => setAsking(false)}
        >
          {t('keys.replaceText')}
        </Confirm>
      )}
    </div>
  );
}

interface AcceptProps {
  readonly comparison: Comparison;
  readonly mayPin: boolean;
  readonly busy: boolean;
  readonly onPin: () => void;
  readonly onReplace: () => void;
}

/** Additional keys of the same server replace nothing; a changed key asks first. */
function Accept({ comparison, mayPin, busy, onPin, onReplace }: AcceptProps) {
  const { t } = useTranslation('entries');
  if (!mayPin || comparison === 'same' || comparison === 'revoked') return null;
  if (comparison === 'changed')
    return (
      <Button variant="subtle" color="red" onClick={onReplace}>
        {t('keys.replace')}
      </Button>
    );
  return (
    <Button onClick={onPin} loading={busy}>
      {t('keys.pinAll')}
    </Button>
  );
}

interface SideProps {
  readonly title: string;
  readonly keys: readonly HostKeyFacts[];
  readonly toneOf: (key: HostKeyFacts) => 'ok' | 'bad' | undefined;
}

function Side({ title, keys, toneOf }: SideProps) {
  const { t } = useTranslation('entries');
  return (
    <div className={classes['side']}>
      <h3 className={classes['sideTitle']}>{title}</h3>
      {keys.length === 0 && <span className={classes['faint']}>{t('keys.nothingPinned')}</span>}
      {keys.map((key) => (
        <div key={key.publicKey} className={classes['key']} data-tone={toneOf(key)}>
          <span className={classes['algorithm']}>{key.algorithm}</span>
          <Fingerprint value={key.fingerprint} />
        </div>
      ))}
    </div>
  );
}
