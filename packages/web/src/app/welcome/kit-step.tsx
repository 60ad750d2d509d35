import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../features/accounts/queries.ts';
import { RecoveryKit } from '../../features/service/recovery-kit.tsx';

interface KitStepProps {
  readonly onDone: () => void;
}

/** The copy of the master key: without it, a lost key cannot be recovered. */
export function KitStep({ onDone }: KitStepProps) {
  const { t } = useTranslation();
  const { recoveryKitConfirmedAt } = usePreferences();
  return (
    <>
      <RecoveryKit />
      <Group mt={20} gap={8}>
        <Button onClick={onDone} disabled={recoveryKitConfirmedAt === null}>
          {t('welcome.next')}
        </Button>
        {recoveryKitConfirmedAt === null && (
          <Button variant="subtle" color="gray" onClick={onDone}>
            {t('welcome.kit.later')}
          </Button>
        )}
      </Group>
    </>
  );
}
