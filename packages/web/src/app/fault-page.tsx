import { Button } from '@mantine/core';
import { IconMoodSad, IconPlugConnectedX } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../lib/api.ts';
import { inWords } from '../lib/sentences.ts';
import { EmptyState } from '../ui/empty-state.tsx';

/** What a screen shows that could not be shown: the server's sentence, that it cannot be reached, or that this app has a fault. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const unreachable = error instanceof TypeError && error.message.includes('fetch');
  const said = problemOf(error)?.message ?? (unreachable ? t('fault.unreachable') : t('fault.broken'));
  return (
    <main style={{ height: '100%', display: 'grid', placeItems: 'center' }} role="alert">
      <EmptyState icon={unreachable ? IconPlugConnectedX : IconMoodSad} title={t('fault.title')} text={inWords(said)}>
        <Button onClick={reset}>{t('fault.again')}</Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('fault.reload')}
        </Button>
      </EmptyState>
    </main>
  );
}
