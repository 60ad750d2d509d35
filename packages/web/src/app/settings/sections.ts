import {
  IconAdjustments,
  IconApi,
  IconInfoCircle,
  IconKeyboard,
  IconLifebuoy,
  IconLock,
  IconPalette,
  IconTerminal2,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';

/** The sections in the order of the list; the second group is the server's. */
export const sections = [
  { name: 'profile', group: 'you', icon: IconUser },
  { name: 'security', group: 'you', icon: IconLock },
  { name: 'api-keys', group: 'you', icon: IconApi },
  { name: 'appearance', group: 'you', icon: IconPalette },
  { name: 'terminal', group: 'you', icon: IconTerminal2 },
  { name: 'keyboard', group: 'you', icon: IconKeyboard },
  { name: 'users', group: 'server', icon: IconUsers, administrators: true },
  { name: 'server', group: 'server', icon: IconAdjustments, administrators: true },
  { name: 'recovery-kit', group: 'server', icon: IconLifebuoy, administrators: true },
  { name: 'about', group: 'server', icon: IconInfoCircle },
] as const satisfies readonly {
  readonly name: string;
  readonly group: 'you' | 'server';
  readonly icon: TablerIcon;
  readonly administrators?: boolean;
}[];

export type SectionName = (typeof sections)[number]['name'];

/** The sections that this person has. */
export function sectionsFor({ isAdmin }: { readonly isAdmin: boolean }) {
  return sections.filter((section) => isAdmin || !('administrators' in section));
}
