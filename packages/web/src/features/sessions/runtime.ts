import i18next from 'i18next';
import { copyText } from '../../lib/clipboard.ts';
import { createLine, type Line } from './connection/line.ts';
import { isOver } from './connection/progress.ts';
import { createEchoTime } from './echo-time.ts';
import { panesOf } from './layout.ts';
import { observable, type Observable } from './observable.ts';
import { appearance } from './screen/appearance.ts';
import { createScreen, type Screen } from './screen/screen.ts';
import { hasSeveralLines, pasteOf } from './screen/untrusted-text.ts';
import { terminalKey } from './shortcuts.ts';
import { noModifiers, sticky, withModifiers } from './sticky-keys.ts';
import { changeWorkspace, workspace } from './store.ts';
import { changePane, changeTab, type Pane, type Size, type Tab } from './workspace.ts';

/** What a pane asks the person before it does it. */
export type Asked =
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'clipboard'; readonly text: string }
  | { readonly kind: 'link'; readonly address: URL };

/** What stands behind a pane and goes on while it is not shown: the connection and the emulator. */
export interface Runtime {
  readonly line: Line;
  readonly screen: Screen;
  readonly title: Observable<string>;
  readonly asked: Observable<Asked | undefined>;
  readonly size: Observable<Size>;
  /** How long a key takes to show, in milliseconds. */
  readonly echoMs: Observable<number | undefined>;
  /** How often it rang. */
  readonly bells: Observable<number>;
  readonly isSearching: Observable<boolean>;
  /** A new session in the same place. */
  readonly reconnect: (choice?: Parameters<Line['open']>[0]) => void;
  /** Connects a pane that never was, or joins what it had before a reload. */
  readonly start: () => void;
  /** Takes what a person wants to paste: rid of what could act by itself, and asked about where it has several lines. */
  readonly offerPaste: (text: string) => void;
  /** Answers a question about the clipboard with no, which is not asked again for a while. */
  readonly refuseClipboard: () => void;
  /** Lets a paste through, to all panes of a broadcast. */
  readonly paste: (text: string) => void;
}

const usualSize: Size = { cols: 80, rows: 24 };
const enter = 13;
/** For how long a server is not listened to that was refused the clipboard. */
const clipboardRestMs = 30_000;
const runtimes = new Map<string, Runtime>();

/** The runtime of a pane, made when it is first asked for. */
export function runtimeOf(pane: Pane): Runtime {
  const known = runtimes.get(pane.id);
  if (known !== undefined) return known;
  const made = createRuntime(pane);
  runtimes.set(pane.id, made);
  return made;
}

/** Joins what was open before a reload, and from now on ends what is closed. */
export function keepRuntimes(): void {
  for (const pane of workspace.get().tabs.flatMap(({ panes }) => panes))
    if (pane.sessionId !== undefined) runtimeOf(pane).start();
  workspace.subscribe(() => {
    const open = new Set(workspace.get().tabs.flatMap(({ panes }) => panes.map(({ id }) => id)));
    for (const [id, { line, screen }] of runtimes) {
      if (open.has(id)) continue;
      runtimes.delete(id);
      line.end();
      screen.dispose();
    }
  });
}

function createRuntime(pane: Pane): Runtime {
  const told = {
    title: observable(''),
    asked: observable<Asked | undefined>(undefined),
    size: observable(pane.size ?? usualSize),
    echoMs: observable<number | undefined>(undefined),
    bells: observable(0),
    isSearching: observable(false),
  };
  const echo = createEchoTime();
  let clipboardRestsUntilMs = 0;
  const screen: Screen = createScreen(
    {
      onInput(bytes, isTyped) {
        if (isTyped) type(bytes);
        else line.send(bytes);
      },
      onResize(size) {
        told.size.set(size);
        line.resize(size);
        changeWorkspace((known) => changePane(known, pane.id, (one) => ({ ...one, size })));
      },
      onTitle: told.title.set,
      onBell: () => {
        told.bells.set(told.bells.get() + 1);
      },
      onClipboard: (text) => {
        // A server must not put its question in the place of another that is about to be answered, nor ask until somebody gives in.
        if (told.asked.get() === undefined && Date.now() >= clipboardRestsUntilMs)
          told.asked.set({ kind: 'clipboard', text });
      },
      onPaste: offerPaste,
      onSelect: (text) => {
        if (appearance.get().copyOnSelect && text !== '') void copyText(text);
      },
      onLink: (address) => {
        if (told.asked.get() === undefined) told.asked.set({ kind: 'link', address });
      },
      describeLink: ({ href }) =>
        i18next.t('sessions:pane.linkHint', { address: href, key: i18next.t('app:shortcuts.keys.control') }),
      onKey: (event) =>
        terminalKey(event, {
          screen,
          search: () => {
            told.isSearching.set(true);
          },
        }),
    },
    pane.size ?? usualSize,
  );
  const line = createLine({
    target: pane.target,
    sessionId: pane.sessionId,
    size: screen.size,
    sink: {
      startReplay: screen.startReplay,
      write(bytes, onWritten) {
        const echoMs = echo.heard(performance.now());
        if (echoMs !== undefined) told.echoMs.set(echoMs);
        screen.write(bytes, onWritten);
      },
    },
    onPrepared: (sessionId) => {
      changeWorkspace((known) => changePane(known, pane.id, (one) => ({ ...one, sessionId })));
    },
  });
  function type(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes[0] === enter && isOver(line.progress.get().phase)) {
      reconnect();
      return;
    }
    echo.typed(performance.now());
    const meant = withModifiers(bytes, sticky.get());
    sticky.set(noModifiers);
    for (const to of listeners(pane.id)) to.line.send(meant);
  }
  function reconnect(choice?: Parameters<Line['open']>[0]): void {
    screen.startOver();
    line.open(choice);
  }
  function offerPaste(text: string): void {
    const harmless = pasteOf(text);
    if (appearance.get().pasteGuard && hasSeveralLines(harmless)) told.asked.set({ kind: 'paste', text: harmless });
    else paste(harmless);
  }
  function paste(text: string): void {
    for (const to of listeners(pane.id)) to.screen.paste(text);
  }
  function refuseClipboard(): void {
    clipboardRestsUntilMs = Date.now() + clipboardRestMs;
  }
  function start(): void {
    const { phase, sessionId } = line.progress.get();
    if (phase.kind !== 'new') return;
    if (sessionId === undefined) line.open();
    else line.join();
  }
  return { ...told, line, screen, reconnect, offerPaste, refuseClipboard, paste, start };
}

/** Who hears what is typed into a pane: itself, or all panes of its tab. */
function listeners(paneId: string): readonly Runtime[] {
  const tab = tabOf(paneId);
  const ids = tab?.broadcast === true ? panesOf(tab.layout) : [paneId];
  return ids.flatMap((id) => runtimes.get(id) ?? []);
}

function tabOf(paneId: string): Tab | undefined {
  return workspace.get().tabs.find(({ panes }) => panes.some(({ id }) => id === paneId));
}

/** Makes a pane the one that keys and the menu of its tab are for. */
export function activatePane(tabId: string, paneId: string): void {
  changeWorkspace((known) => {
    const isActive = known.tabs.some(({ id, activePaneId }) => id === tabId && activePaneId === paneId);
    return isActive ? known : changeTab(known, tabId, (tab) => ({ ...tab, activePaneId: paneId }));
  });
}
