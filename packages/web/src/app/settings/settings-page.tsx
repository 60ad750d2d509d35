import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconLogout } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, usePreferences } from '../../features/accounts/queries.ts';
import { Page } from '../../ui/page.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import { useSignOut } from '../sign-out.ts';
import { SectionContent } from './section-content.tsx';
import { sectionsFor, type SectionName } from './sections.ts';
import classes from './settings-page.module.css';

/** As narrow as a phone: the list and a section do not fit side by side. */
const phone = '(max-width: 640px)';

/** The settings: the list of sections, and one section. A phone shows only one of the two. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { section: wanted } = useParams({ strict: false });
  const isPhone = useMediaQuery(phone, undefined, { getInitialValueInEffect: false });
  const sections = sectionsFor(useMe());
  const section = wanted === undefined ? 'profile' : sections.find(({ name }) => name === wanted)?.name;
  if (section === undefined) return <NotFoundPage />;
  if (isPhone && wanted === undefined)
    return (
      <main className={classes['root']}>
        <title>{`${t('areas.settings')} · Gatehouse`}</title>
        <SectionList heading={<h1 className={classes['head']}>{t('areas.settings')}</h1>} />
      </main>
    );
  return (
    <div className={classes['root']}>
      {!isPhone && (
        <SectionList current={section} heading={<div className={classes['head']}>{t('areas.settings')}</div>} />
      )}
      <SectionPage section={section} />
    </div>
  );
}

function SectionPage({ section }: { readonly section: SectionName }) {
  const { t } = useTranslation();
  const content = <SectionContent section={section} />;
  return (
    <div className={classes['screen']}>
      <Page
        title={t(`settings.sections.${section}`)}
        breadcrumb={<Link to="/settings">{t('settings.back')}</Link>}
        scrolls={section !== 'users'}
      >
        {section === 'users' ? content : <div className={classes['content']}>{content}</div>}
      </Page>
    </div>
  );
}

interface SectionListProps {
  readonly heading: ReactNode;
  readonly current?: SectionName;
}

function SectionList({ heading, current }: SectionListProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { recoveryKitConfirmedAt } = usePreferences();
  const signOut = useSignOut();
  const sections = sectionsFor(me);
  return (
    <nav className={classes['nav']} aria-label={t('settings.list')}>
      {heading}
      <div className={classes['list']}>
        {(['you', 'server'] as const).map((group) => (
          <div key={group} role="group" aria-label={t(`settings.${group}`)}>
            <div className={classes['group']} aria-hidden>
              {t(`settings.${group}`)}
            </div>
            {sections
              .filter((section) => section.group === group)
              .map(({ name, icon: Icon }) => (
                <Link
                  key={name}
                  to="/settings/$section"
                  params={{ section: name }}
                  className={classes['item']}
                  data-current={name === current || undefined}
                  aria-current={name === current ? 'page' : undefined}
                >
                  <Icon size={18} stroke={1.6} aria-hidden />
                  {t(`settings.sections.${name}`)}
                  {name === 'recovery-kit' && recoveryKitConfirmedAt === null && (
                    <span className={classes['reminder']} role="img" aria-label={t('settings.waits')} />
                  )}
                </Link>
              ))}
          </div>
        ))}
      </div>
      <div className={classes['foot']}>
        <div className={classes['person']}>
          <div className={classes['name']}>
            {me.firstName} {me.lastName}
          </div>
          <div className={classes['username']}>{me.username}</div>
        </div>
        <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t('settings.signOut')}
        </Button>
      </div>
    </nav>
  );
}
