import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { LocationSelect } from './actions/location-select.tsx';
import { ConfigField } from './import/config-field.tsx';
import classes from './import/import.module.css';
import { Preview } from './import/preview.tsx';
import { notify } from '../../ui/notice.tsx';
import { importPreview, servers, useImport } from './queries.ts';
import type { Location } from './tree-index.ts';

/** Delays the preview while the person types. */
const previewDelayMs = 300;

/** Imports the servers of an ssh_config, with a preview. */
export function ImportPage() {
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [location, setLocation] = useState<Location>({ organizationId: null, folderId: null });
  const [settled] = useDebouncedValue(text, previewDelayMs);
  const { data: index } = useQuery(servers);
  const preview = useQuery({ ...importPreview({ text: settled, ...location }), placeholderData: keepPreviousData });
  const { mutate, error, isPending } = useImport();
  const isEmpty = settled.trim() === '';
  const result = isEmpty || preview.isError ? undefined : preview.data;
  const count = result?.entries.length ?? 0;
  const run = () =>
    mutate(
      { text, ...location },
      {
        onSuccess: ({ entries }) => {
          notify(t('import.done', { count: entries.length }));
          void navigate({ to: '/servers' });
        },
      },
    );
  return (
    <Page
      title={t('import.title')}
      breadcrumb={<Link to="/servers">{t('title')}</Link>}
      actions={
        <Button onClick={run} loading={isPending} disabled={count === 0 || text !== settled}>
          {count === 0 ? t('import.actNone') : t('import.act', { count })}
        </Button>
      }
    >
      <div className={classes['page']}>
        {index !== undefined && (
          <LocationSelect
            index={index}
            label={t('import.into')}
            location={location}
            onLocation={setLocation}
            maw={360}
          />
        )}
        <ConfigField value={text} onChange={setText} />
        <ProblemAlert error={error ?? (isEmpty ? null : preview.error)} />
        {isEmpty && <p className={classes['note']}>{t('import.waiting')}</p>}
        {index !== undefined && result !== undefined && <Preview index={index} result={result} />}
      </div>
    </Page>
  );
}
