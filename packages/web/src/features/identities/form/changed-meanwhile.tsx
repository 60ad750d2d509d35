import { Alert, Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says that somebody else changed the identity, whose change a save would have undone. */
export function ChangedMeanwhile({ onReload }: { readonly onReload: () => void }) {
  const { t } = useTranslation('identities');
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title={t('form.overtakenTitle')}
    >
      <p>{t('form.overtakenText')}</p>
      <Button variant="default" onClick={onReload}>
        {t('form.reload')}
      </Button>
    </Alert>
  );
}
