import type { EntryDetail } from '@gatehouse/contract/entries';
import type { Identity } from '@gatehouse/contract/identities';
import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { formatAddress } from '../address.ts';
import { tell } from '../../../ui/notice.tsx';
import { hostKeysOf, useConfirmLink } from '../queries.ts';
import { jumpHostsOf, type TreeIndex } from '../tree-index.ts';

interface ConfirmLinkProps {
  readonly index: TreeIndex;
  readonly entry: EntryDetail;
  readonly identity: Identity;
  readonly onClose: () => void;
}

/** Shows where an identity would be sent, and lets it be sent there: as the server was when it was shown, or not at all. */
export function ConfirmLink({ index, entry, identity, onClose }: ConfirmLinkProps) {
  const { t } = useTranslation(['entries', 'app']);
  const { data: pinned } = useQuery(hostKeysOf(entry.id));
  const { mutate, error, isPending } = useConfirmLink(entry.id);
  const way = jumpHostsOf(entry.config).map((id) => index.entries.get(id)?.entry.name ?? t('notVisible', { id }));
  const address = formatAddress({ host: entry.ip, port: entry.config.port, username: undefined });
  const act = () =>
    mutate(
      { identityId: identity.id, binding: entry.binding },
      {
        onSuccess: () => {
          tell(t('links.confirmed', { identity: identity.name }));
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t('links.confirmTitle', { identity: identity.name })}>
      <Stack gap={12}>
        <div>
          {t('links.confirmText', { address })} {way.length > 0 && t('links.confirmWay', { way: way.join(' → ') })}
        </div>
        {pinned?.keys.length === 0 ? (
          <div>{t('links.confirmNoKeys')}</div>
        ) : (
          <div>
            {t('links.confirmKeys')}
            {pinned?.keys.map(({ id, fingerprint }) => (
              <div key={id}>
                <Fingerprint value={fingerprint} />
              </div>
            ))}
          </div>
        )}
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
