import { IconTerminal2 } from '@tabler/icons-react';
import i18next from 'i18next';
import type { PaneKind } from '../../../workspace/pane-kind.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import { ExtraKeys } from './extra-keys.tsx';
import { SessionItems, TextItems } from './menu-items.tsx';
import { createRuntime, type TerminalRuntime } from './terminal-runtime.ts';
import { terminalKindId } from './target.ts';
import { TerminalView } from './terminal-view.tsx';
import { Appearance } from './use-appearance.ts';

/** Panes that show a shell on a server. */
export const terminalKind: PaneKind<TerminalRuntime> = {
  id: terminalKindId,
  icon: IconTerminal2,
  takesBroadcast: true,
  labelOf: ({ target: { name } }, { index, count }) =>
    count === 1
      ? i18next.t('sessions:pane.label', { name })
      : i18next.t('sessions:pane.labelOf', { name, index, count }),
  createRuntime,
  View: TerminalView,
  ContentItems: TextItems,
  SessionItems,
  Tools: ExtraKeys,
  Status: ConnectionFacts,
  Presence: Appearance,
};
