import { Alert, Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says that somebody else changed the server since the form was opened, which a save would undo. */
export function ChangedMeanwhile({ onReload }: { readonly onReload: () => void }) {
  const { t } = useTranslation('entries');
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title={t('form.overtaken.title')}
    >
      <p style={{ margin: '0 0 12px' }}>{t('form.overtaken.text')}</p>
      <Button variant="default" onClick={onReload}>
        {t('form.overtaken.reload')}
      </Button>
    </Alert>
  );
}
