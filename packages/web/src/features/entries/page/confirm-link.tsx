import type { EntryDetail } from '@gatehouse/contract/entries';
import type { Identity } from '@gatehouse/contract/identities';
import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { formatAddress } from '../address.ts';
import { notify } from '../../../ui/notice.tsx';
import { hostKeysOf, useConfirmLink } from '../queries.ts';
import { configText, type TreeIndex } from '../tree-index.ts';
import classes from './entry-page.module.css';
import { Policy } from './policy.tsx';
import { Route } from './route.tsx';

interface ConfirmLinkProps {
  readonly index: TreeIndex;
  readonly entry: EntryDetail;
  readonly identity: Identity;
  readonly onClose: () => void;
}

/** Shows the destination and the username with which an identity would be used, and confirms its use for the server as it is shown. */
export function ConfirmLink({ index, entry, identity, onClose }: ConfirmLinkProps) {
  const { t } = useTranslation(['entries', 'app']);
  const { data: pinned } = useQuery(hostKeysOf(entry.id));
  const { mutate, error, isPending } = useConfirmLink(entry.id);
  const username = configText(entry.config, 'username');
  const act = () =>
    mutate(
      { identityId: identity.id, binding: entry.binding },
      {
        onSuccess: () => {
          notify(t('links.confirmed', { identity: identity.name }));
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t('links.confirmTitle', { identity: identity.name })}>
      <Stack gap={12}>
        <div>{t('links.confirmText')}</div>
        <dl className={classes['facts']}>
          <dt>{t('page.address')}</dt>
          <dd className="mono">{formatAddress({ host: entry.ip, port: entry.config.port, username: undefined })}</dd>
          <dt>{t('page.username')}</dt>
          <dd className="mono">{username === '' ? identity.username : username}</dd>
          <dt>{t('page.route')}</dt>
          <dd>
            <Route index={index} entry={entry} />
          </dd>
          <dt>{t('links.confirmKeys')}</dt>
          <dd>
            {pinned?.keys.length === 0 && t('links.confirmNoKeys')}
            {pinned?.keys.map(({ id, fingerprint }) => (
              <div key={id}>
                <Fingerprint value={fingerprint} />
              </div>
            ))}
          </dd>
          <dt>{t('page.policy')}</dt>
          <dd>
            <Policy entry={entry} />
          </dd>
          <dt>{t('page.legacy')}</dt>
          <dd>{t(entry.config['legacyAlgorithms'] === true ? 'page.legacyOn' : 'links.usualAlgorithms')}</dd>
        </dl>
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('app:confirm.cancel')}
          </Button>
          <Button onClick={act} loading={isPending}>
            {t('links.act')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
