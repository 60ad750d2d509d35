import {
  IconBox,
  IconCloud,
  IconCpu,
  IconDatabase,
  IconDeviceDesktop,
  IconNetwork,
  IconPrinter,
  IconRouter,
  IconServer2,
  IconShield,
  type TablerIcon,
} from '@tabler/icons-react';

const icons = {
  server: IconServer2,
  database: IconDatabase,
  cloud: IconCloud,
  router: IconRouter,
  switch: IconNetwork,
  firewall: IconShield,
  desktop: IconDeviceDesktop,
  board: IconCpu,
  container: IconBox,
  printer: IconPrinter,
} as const satisfies Record<string, TablerIcon>;

export type EntryIconName = keyof typeof icons;

/** The icons that a server can have. */
export const entryIconNames = Object.keys(icons) as EntryIconName[];

interface EntryIconProps {
  /** The stored name; other clients may store names that this app does not know. */
  readonly name: string | null;
  readonly size: number;
}

/** The icon of a server. */
export function EntryIcon({ name, size }: EntryIconProps) {
  const known = entryIconNames.find((candidate) => candidate === name) ?? 'server';
  const Icon = icons[known];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
