import { VisuallyHidden } from '@mantine/core';
import {
  IconHistory,
  IconKey,
  IconServer2,
  IconSettings,
  IconTerminal2,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenTabs } from '../../workspace/commands.ts';
import { Mark } from '../../ui/mark.tsx';
import classes from './navigation.module.css';

const areas = [
  { to: '/servers', name: 'servers', icon: IconServer2 },
  { to: '/identities', name: 'identities', icon: IconKey },
  { to: '/sessions', name: 'sessions', icon: IconTerminal2 },
  { to: '/audit', name: 'audit', icon: IconHistory },
  { to: '/organizations', name: 'organizations', icon: IconUsers },
] as const;

/** The areas of the app: a rail at the left, on a phone a bar at the bottom. */
export function Navigation() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <nav className={classes['root']} aria-label={t('shell.areas')}>
      <Link to="/servers" className={classes['mark']} aria-label="Gatehouse">
        <Mark size={28} />
      </Link>
      {areas.map(({ to, name, icon }) => (
        <Fragment key={name}>
          <Area
            to={to}
            label={t(`areas.${name}`)}
            icon={icon}
            // Terminals are shown in the area of the servers.
            holdsPage={name === 'servers' && pathname.startsWith('/terminals/')}
          />
          {name === 'servers' && <OpenTerminals />}
        </Fragment>
      ))}
      <span className={classes['space']} />
      <Area to="/settings" label={t('areas.settings')} icon={IconSettings} />
    </nav>
  );
}

/** The open terminals, from every area: the one that was shown last, their number, and a mark if something happened in one. */
function OpenTerminals() {
  const { t } = useTranslation();
  const { count, tabId, hasUnseen } = useOpenTabs();
  if (tabId === undefined) return null;
  return (
    <Link
      to="/terminals/$tabId"
      params={{ tabId }}
      className={classes['area']}
      // The area of the servers is marked already.
      activeProps={{ 'data-status': undefined }}
    >
      <span className={classes['count']} data-unseen={hasUnseen || undefined}>
        {count}
      </span>{' '}
      <span className={classes['label']}>
        {t('shell.openTabs', { count })}
        {hasUnseen && <VisuallyHidden> {t('shell.newOutput')}</VisuallyHidden>}
      </span>
    </Link>
  );
}

interface AreaProps {
  readonly to: (typeof areas)[number]['to'] | '/settings';
  readonly label: string;
  readonly icon: TablerIcon;
  /** Whether the current page belongs to the area although its address does not. */
  readonly holdsPage?: boolean;
}

function Area({ to, label, icon: Icon, holdsPage = false }: AreaProps) {
  return (
    <Link to={to} className={classes['area']} data-holds-page={holdsPage || undefined}>
      <Icon size={20} stroke={1.6} aria-hidden />
      <span className={classes['label']}>{label}</span>
    </Link>
  );
}
