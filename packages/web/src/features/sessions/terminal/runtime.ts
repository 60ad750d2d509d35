import i18next from 'i18next';
import { copyText } from '../../../lib/clipboard.ts';
import { derived, observable, type Observable } from '../../../lib/observable.ts';
import { panesOf } from '../../../workspace/layout.ts';
import type { PaneRuntime } from '../../../workspace/pane-kind.ts';
import { keepPane, tabOf } from '../../../workspace/store.ts';
import type { Pane } from '../../../workspace/workspace.ts';
import { createLine, type Line } from '../connection/line.ts';
import { isOver } from '../connection/progress.ts';
import { appearance } from '../screen/appearance.ts';
import { createScreen, type Screen } from '../screen/screen.ts';
import { hasSeveralLines, pasteOf } from '../screen/untrusted-text.ts';
import { createEchoTime } from './echo-time.ts';
import { terminalKey } from './shortcuts.ts';
import { noModifiers, sticky, withModifiers } from './sticky-keys.ts';
import { keptSize, targetSchema, type Size, type Target } from './target.ts';

/** What a pane asks the person before it does it. */
export type Asked =
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'clipboard'; readonly text: string }
  | { readonly kind: 'link'; readonly address: URL };

/** What stands behind a terminal: the connection and the emulator. */
export interface Runtime extends PaneRuntime {
  readonly target: Target;
  readonly line: Line;
  readonly screen: Screen;
  readonly asked: Observable<Asked | undefined>;
  readonly size: Observable<Size>;
  /** How long a key takes to show, in milliseconds. */
  readonly echoMs: Observable<number | undefined>;
  /** How often it rang. */
  readonly bells: Observable<number>;
  readonly isSearching: Observable<boolean>;
  /** A new session in the same place. */
  readonly reconnect: (choice?: Parameters<Line['open']>[0]) => void;
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

/** What stands behind a terminal, until `end`; undefined where the pane is about no server. */
export function createRuntime(pane: Pane): Runtime | undefined {
  const target = targetSchema.safeParse(pane.target);
  if (!target.success) return undefined;
  const runtime = createTerminal(pane, target.data);
  runtimes.set(pane.id, runtime);
  return runtime;
}

// eslint-disable-next-line max-lines-per-function -- one closure over the state of one terminal; it is to be split with its next change
function createTerminal(pane: Pane, target: Target): Runtime {
  const told = {
    title: observable(''),
    asked: observable<Asked | undefined>(undefined),
    size: observable(keptSize(pane) ?? usualSize),
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
        keepPane(pane.id, { state: size });
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
    keptSize(pane) ?? usualSize,
  );
  const line = createLine({
    target,
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
      keepPane(pane.id, { sessionId });
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
  function end(): void {
    runtimes.delete(pane.id);
    line.end();
    screen.dispose();
  }
  const state = derived(line.progress, ({ phase }) => phase.kind);
  const { focus } = screen;
  const acts = { reconnect, offerPaste, refuseClipboard, paste, start, focus, end };
  return { ...told, ...acts, target, line, screen, state };
}

/** Who hears what is typed into a pane: itself, or all panes of its tab. */
function listeners(paneId: string): readonly Runtime[] {
  const tab = tabOf(paneId);
  const ids = tab?.broadcast === true ? panesOf(tab.layout) : [paneId];
  return ids.flatMap((id) => runtimes.get(id) ?? []);
}
