import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Card, CardRow } from '../../../ui/section.tsx';
import { KeyRow } from '../api-keys-section.tsx';
import { useDeleteUserApiKey, userApiKeys, type User } from '../queries.ts';

interface UserApiKeysProps {
  readonly user: User;
  readonly onClose: () => void;
}

/** The API keys of an account, for an administrator, who can delete them. */
export function UserApiKeys({ user, onClose }: UserApiKeysProps) {
  const { t } = useTranslation('accounts');
  const { data: keys, error } = useQuery(userApiKeys(user.id));
  const deletion = useDeleteUserApiKey(user.id);
  return (
    <Dialog onClose={onClose} title={t('users.apiKeys.title', { name: user.username })} size={640}>
      <Stack gap={16}>
        <div>{t('users.apiKeys.text')}</div>
        <Card rows>
          {keys === undefined && error === null && <Skeleton height={56} radius={10} />}
          {keys?.length === 0 && <CardRow title={t('apiKeys.none')} detail={t('users.apiKeys.none')} />}
          {keys?.map((key) => (
            <KeyRow key={key.id} apiKey={key} onDelete={() => deletion.mutate(key.id)} />
          ))}
        </Card>
        <ProblemAlert error={error ?? deletion.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('users.apiKeys.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
