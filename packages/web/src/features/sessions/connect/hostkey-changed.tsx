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
import { organizationList } from '../../organizations/queries.ts';
import classes from './card.module.css';

type HostKey = NonNullable<Problem['hostKey']>;

interface HostKeyChangedProps {
  readonly hostKey: HostKey;
  readonly onCancel: () => void;
  /** The offered key is pinned now. */
  readonly onReplaced: () => void;
}

/** The old key and the new one, side by side; who manages the server may replace it, after thinking twice. */
export function HostKeyChanged({ hostKey, onCancel, onReplaced }: HostKeyChangedProps) {
  const { t, i18n } = useTranslation('sessions');
  const [asks, setAsks] = useState(false);
  const { mayReplace, pinnedAt } = useStanding(hostKey.entryId);
  return (
    <section className={classes['section']} aria-labelledby="hostkey-title">
      <h2 className={classes['title']} id="hostkey-title">
        {t('hostKey.changed')}
      </h2>
      <dl className={classes['facts']}>
        {hostKey.pinned.map(({ publicKey, algorithm, fingerprint }) => {
          const at = pinnedAt(publicKey);
          return (
            <div key={publicKey}>
              <dt>
                {at === undefined ? t('hostKey.pinned') : t('hostKey.pinnedOn', { date: day(at, i18n.language) })} ·{' '}
                {algorithm}
              </dt>
              <dd className="mono">{fingerprint}</dd>
            </div>
          );
        })}
        <div>
          <dt>
            {t('hostKey.offered')} · {hostKey.offered.algorithm}
          </dt>
          <dd className={`mono ${classes['bad'] ?? ''}`}>{hostKey.offered.fingerprint}</dd>
        </div>
      </dl>
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
        <Button autoFocus onClick={onCancel}>
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

/** What the person may do about the key, undefined while it is not known, and since when keys are pinned. */
function useStanding(entryId: number) {
  const entry = useQuery(entryOf(entryId));
  const keys = useQuery(hostKeysOf(entryId));
  const organizations = useQuery(organizationList);
  const organizationId = entry.data?.organizationId;
  const organization = organizations.data?.find(({ id }) => id === organizationId);
  return {
    mayReplace: organizationId === null ? true : organization?.permissions.includes('resources.manage'),
    pinnedAt: (publicKey: string) => keys.data?.keys.find((key) => key.publicKey === publicKey)?.firstSeenAt,
  };
}
