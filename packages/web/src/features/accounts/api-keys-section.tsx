import { Button, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';
import { Chip } from '../../ui/chip.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { Ago } from '../../ui/time.tsx';
import { keyOfScope } from './api-key-scopes.ts';
import { NewApiKey } from './new-api-key.tsx';
import { apiKeys, useDeleteApiKey, type ApiKey } from './queries.ts';

/** The person's API keys. */
export function ApiKeysSection() {
  const { t } = useTranslation('accounts');
  const { data: keys, error } = useQuery(apiKeys);
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<ApiKey>();
  return (
    <Section
      title={t('apiKeys.title')}
      text={t('apiKeys.text')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t('apiKeys.new')}
        </Button>
      }
    >
      <ProblemAlert error={error} />
      <Card rows>
        {keys === undefined && <Skeleton height={56} radius={10} />}
        {keys?.length === 0 && <CardRow title={t('apiKeys.none')} detail={t('apiKeys.noneText')} />}
        {keys?.map((key) => (
          <KeyRow key={key.id} apiKey={key} onDelete={() => setDeleting(key)} />
        ))}
      </Card>
      {making && <NewApiKey onClose={() => setMaking(false)} />}
      {deleting !== undefined && <DeleteKey apiKey={deleting} onClose={() => setDeleting(undefined)} />}
    </Section>
  );
}

/** A key with its scopes, its expiry, and its last use. */
export function KeyRow({ apiKey, onDelete }: { readonly apiKey: ApiKey; readonly onDelete: () => void }) {
  const { t, i18n } = useTranslation('accounts');
  const [now] = useState(() => Date.now());
  const over = Date.parse(apiKey.expiresAt) <= now;
  const date = day(apiKey.expiresAt, i18n.language);
  return (
    <CardRow
      title={
        <>
          {apiKey.name}
          <span className="mono" style={{ color: 'var(--text-3)' }}>
            ghk_{apiKey.keyId}_…
          </span>
          {over && <Chip tone="bad">{t('apiKeys.over')}</Chip>}
        </>
      }
      detail={
        <>
          {apiKey.scopes.map((scope) => t(`scopes.${keyOfScope(scope)}`)).join(' · ')}
          <br />
          {over ? t('apiKeys.ended', { date }) : t('apiKeys.ends', { date })} ·{' '}
          {apiKey.lastUsedAt === null ? (
            t('apiKeys.neverUsed')
          ) : (
            <>
              {t('apiKeys.used')} <Ago at={apiKey.lastUsedAt} />
              {apiKey.lastUsedIp !== null && ` ${t('apiKeys.from', { address: apiKey.lastUsedIp })}`}
            </>
          )}
        </>
      }
    >
      <Button variant="default" onClick={onDelete} aria-label={t('apiKeys.deleteOf', { name: apiKey.name })}>
        {t('apiKeys.delete')}
      </Button>
    </CardRow>
  );
}

function DeleteKey({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const deletion = useDeleteApiKey();
  return (
    <Confirm
      title={t('apiKeys.deleteTitle', { name: apiKey.name })}
      act={t('apiKeys.deleteAct')}
      busy={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate(apiKey.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('apiKeys.deleteText')}
    </Confirm>
  );
}
