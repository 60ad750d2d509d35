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
import { useTranslation } from 'react-i18next';
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
        <Area
          key={name}
          to={to}
          label={t(`areas.${name}`)}
          icon={icon}
          // Terminals are shown in the area of the servers.
          holdsPage={name === 'servers' && pathname.startsWith('/terminals/')}
        />
      ))}
      <span className={classes['space']} />
      <Area to="/settings" label={t('areas.settings')} icon={IconSettings} />
    </nav>
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
