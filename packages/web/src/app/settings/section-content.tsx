import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiKeysSection } from '../../features/accounts/api-keys-section.tsx';
import { PasswordSection } from '../../features/accounts/password-section.tsx';
import { ProfileSection } from '../../features/accounts/profile-section.tsx';
import { useMe, usePreferences } from '../../features/accounts/queries.ts';
import { UsersSection } from '../../features/accounts/users/users-section.tsx';
import { SessionsSection } from '../../features/auth/sessions-section.tsx';
import { AboutSection } from '../../features/service/about-section.tsx';
import { VerifySection } from '../../features/service/verify-section.tsx';
import { RecoveryKit } from '../../features/service/recovery-kit.tsx';
import { SettingsSection } from '../../features/settings/settings-section.tsx';
import { Status } from '../../ui/chip.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { KeyboardSection } from './keyboard-section.tsx';
import type { SectionName } from './sections.ts';
import { TerminalSection } from './terminal-section.tsx';

/** One section of the settings. */
export function SectionContent({ section }: { readonly section: SectionName }) {
  const { t } = useTranslation();
  const { isAdmin } = useMe();
  switch (section) {
    case 'profile':
      return (
        <>
          <KitReminder />
          <ProfileSection />
        </>
      );
    case 'security':
      return (
        <>
          <PasswordSection />
          <SessionsSection />
        </>
      );
    case 'api-keys':
      return <ApiKeysSection />;
    case 'appearance':
      return <AppearanceSection />;
    case 'terminal':
      return <TerminalSection />;
    case 'keyboard':
      return <KeyboardSection />;
    case 'users':
      return <UsersSection />;
    case 'server':
      return <SettingsSection />;
    case 'recovery-kit':
      return (
        <Section title={t('welcome.kit.title')} text={t('settings.kitText')}>
          <RecoveryKit />
        </Section>
      );
    case 'about':
      return (
        <>
          <AboutSection />
          {isAdmin && <VerifySection />}
        </>
      );
  }
}

/** A reminder for administrators who have not confirmed the recovery kit. */
function KitReminder() {
  const { t } = useTranslation();
  const { isAdmin } = useMe();
  const { recoveryKitConfirmedAt } = usePreferences();
  if (!isAdmin || recoveryKitConfirmedAt !== null) return null;
  return (
    <Card rows>
      <CardRow title={<Status tone="warn">{t('settings.reminder')}</Status>}>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'recovery-kit' }} {...props} />}
        >
          {t('settings.reminderLink')}
        </Button>
      </CardRow>
    </Card>
  );
}
