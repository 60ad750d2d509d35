import { putHostKeys } from '@gatehouse/contract/entry-host-keys';
import type { Problem } from '@gatehouse/contract/problem';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../lib/api.ts';
import { day } from '../../../lib/time.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { entryOf, hostKeysOf } from '../../entries/queries.ts';
import classes from './card.module.css';

type HostKey = NonNullable<Problem['hostKey']>;
type Key = HostKey['offered'];

interface HostKeyChangedProps {
  readonly hostKey: HostKey;
  readonly takesFocus: boolean;
  readonly onCancel: () => void;
  /** Called when the offered key is pinned. */
  readonly onReplaced: () => void;
}

/** The old key and the new one, side by side; people who manage the server may replace it after a confirmation. */
export function HostKeyChanged({ hostKey, takesFocus, onCancel, onReplaced }: HostKeyChangedProps) {
  const { t, i18n } = useTranslation('sessions');
  const [asks, setAsks] = useState(false);
  const { mayReplace, pinnedAt } = usePinnedKey(hostKey.entryId);
  const noteOf = ({ publicKey }: Key) => {
    const at = pinnedAt(publicKey);
    return at === undefined ? undefined : day(at, i18n.language);
  };
  return (
    <section className={classes['section']} aria-labelledby="hostkey-title">
      <h2 className={classes['title']} id="hostkey-title">
        {t('hostKey.changed')}
      </h2>
      <div className={classes['sides']}>
        <Side title={t('hostKey.pinned')} keys={likeOffered(hostKey)} noteOf={noteOf} />
        <Side title={t('hostKey.offered')} keys={[hostKey.offered]} tone="bad" />
      </div>
      <p className={classes['text']}>{t('hostKey.changedText')}</p>
      {mayReplace === false && <p className={classes['text']}>{t('hostKey.notAllowed')}</p>}
      <div className={classes['actions']}>
        {mayReplace === true && (
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              setAsks(true);
            }}
          >
            {t('hostKey.replace')}
          </Button>
        )}
        <Button autoFocus={takesFocus} onClick={onCancel}>
          {t('hostKey.cancel')}
        </Button>
      </div>
      {asks && (
        <Replace
          hostKey={hostKey}
          onDone={onReplaced}
          onClose={() => {
            setAsks(false);
          }}
        />
      )}
    </section>
  );
}

/** The pinned keys, those of the offered key's algorithm first. */
function likeOffered({ pinned, offered }: HostKey): readonly Key[] {
  const isOther = ({ algorithm }: Key) => Number(algorithm !== offered.algorithm);
  return pinned.toSorted((one, other) => isOther(one) - isOther(other));
}

interface SideProps {
  readonly title: string;
  readonly keys: readonly Key[];
  readonly tone?: 'bad';
  readonly noteOf?: (key: Key) => string | undefined;
}

function Side({ title, keys, tone, noteOf }: SideProps) {
  return (
    <div>
      <h3 className={classes['side-title']}>{title}</h3>
      <dl className={classes['side']} data-tone={tone}>
        {keys.map((key) => (
          <div key={key.publicKey}>
            <dt>{[key.algorithm, noteOf?.(key)].filter((part) => part !== undefined).join(' · ')}</dt>
            <dd className={classes['fingerprint']}>{key.fingerprint}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface ReplaceProps {
  readonly hostKey: HostKey;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function Replace({ hostKey, onDone, onClose }: ReplaceProps) {
  const { t } = useTranslation('sessions');
  const client = useQueryClient();
  const { entryId, host, offered } = hostKey;
  const replace = useMutation({
    mutationFn: () => call(putHostKeys, { params: { entryId: String(entryId) }, body: { keys: [offered.publicKey] } }),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['entries'] });
    },
  });
  return (
    <Confirm
      title={t('hostKey.replaceTitle')}
      act={t('hostKey.replaceAct')}
      typed={host}
      error={replace.error}
      busy={replace.isPending}
      onClose={onClose}
      onConfirm={() => {
        replace.mutate();
      }}
    >
      {t('hostKey.replaceText')}
      <div className={classes['fingerprint']}>{offered.fingerprint}</div>
    </Confirm>
  );
}

/** Whether the person may replace the key (undefined while loading), and since when keys are pinned. */
function usePinnedKey(entryId: number) {
  const entry = useQuery(entryOf(entryId));
  const keys = useQuery(hostKeysOf(entryId));
  return {
    mayReplace: entry.data?.can.manageHostKeys,
    pinnedAt: (publicKey: string) => keys.data?.keys.find((key) => key.publicKey === publicKey)?.firstSeenAt,
  };
}
