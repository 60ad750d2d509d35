import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';

/** The page of an address that does not exist. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main style={{ height: '100%', display: 'grid', placeItems: 'center' }}>
      <title>{`${t('lost.title')} · Gatehouse`}</title>
      <EmptyState icon={IconMapOff} heading="h1" title={t('lost.title')} text={t('lost.text')}>
        <Button component={Link} to="/servers">
          {t('lost.back')}
        </Button>
      </EmptyState>
    </main>
  );
}
