import i18next from 'i18next';
import { copyText } from '../../../lib/clipboard.ts';
import { derived, observable } from '../../../lib/observable.ts';
import { panesOf } from '../../../workspace/layout.ts';
import type { PaneRuntime } from '../../../workspace/pane-kind.ts';
import { keepPane, tabOf } from '../../../workspace/store.ts';
import { markSeen, markUnseen } from '../../../workspace/unseen.ts';
import type { Pane } from '../../../workspace/workspace.ts';
import type { Choice } from '../connection/open-session.ts';
import { hadShell, isOver } from '../connection/progress.ts';
import { TerminalConnection } from '../connection/terminal-connection.ts';
import { appearance } from '../screen/appearance.ts';
import type { ScreenListener } from '../screen/events.ts';
import { TerminalScreen } from '../screen/terminal-screen.ts';
import { hasSeveralLines, pasteOf } from '../screen/untrusted-text.ts';
import { Confirmations } from './confirmations.ts';
import { notifyDone } from './done-notice.ts';
import { DoneWatch } from './done-watch.ts';
import { createEchoTime } from './echo-time.ts';
import { createTypingPauses } from './typing-pauses.ts';
import { handleTerminalKey } from './shortcuts.ts';
import { interruptedPanes } from './interrupted-panes.ts';
import { noModifiers, sticky, withModifiers } from './sticky-keys.ts';
import { keptSize, targetSchema, type Size, type Target } from './target.ts';

const defaultSize: Size = { cols: 80, rows: 24 };
const enter = 13;
const runtimes = new Map<string, TerminalRuntime>();

/** Creates the runtime of a terminal, which exists until `end`; undefined if the pane has no server as its target. */
export function createRuntime(pane: Pane): TerminalRuntime | undefined {
  const target = targetSchema.safeParse(pane.target);
  if (!target.success) return undefined;
  const runtime = new TerminalRuntime(pane, target.data);
  runtimes.set(pane.id, runtime);
  interruptedPanes.add(pane.id, runtime);
  return runtime;
}

/** One terminal: its connection, its screen, and the state that components show. */
export class TerminalRuntime implements PaneRuntime {
  readonly target: Target;
  readonly connection: TerminalConnection;
  readonly screen: TerminalScreen;
  readonly confirmations = new Confirmations();
  readonly state;
  readonly title = observable('');
  readonly size;
  /** The time from a key to the next output, in milliseconds. */
  readonly echoMs = observable<number | undefined>(undefined);
  /** The number of bell characters received. */
  readonly bells = observable(0);
  readonly isSearching = observable(false);
  /** After a failed attempt, the person looks at the output of the session before. */
  readonly isCardHidden = observable(false);
  readonly doneWatch: DoneWatch;
  readonly #paneId: string;
  readonly #echo = createEchoTime();
  #hasOutput = false;
  readonly #typing = createTypingPauses();
  /** Old output is not news. */
  #isReplaying = false;

  constructor(pane: Pane, target: Target) {
    const size = keptSize(pane) ?? defaultSize;
    this.#paneId = pane.id;
    this.target = target;
    this.size = observable(size);
    this.screen = new TerminalScreen(this.#screenListener(), size);
    this.connection = this.#createConnection(pane.sessionId);
    this.state = derived(this.connection.progress, ({ phase }) =>
      phase.kind === 'open' && phase.silentSinceMs !== undefined ? 'silent' : phase.kind,
    );
    this.doneWatch = new DoneWatch((reason) => {
      if (!this.isShown) markUnseen(pane.id, 'bell');
      notifyDone(pane.id, target.name, reason);
    });
    this.connection.progress.subscribe(() => {
      if (isOver(this.connection.progress.get().phase)) this.doneWatch.ended();
    });
  }

  /** Opens a session, or joins the one from before a reload. Called again, it does nothing. */
  start(): void {
    const { phase, sessionId } = this.connection.progress.get();
    if (phase.kind !== 'new') return;
    if (sessionId === undefined) this.connection.open();
    else this.connection.join();
  }

  focus(): void {
    this.screen.focus();
  }

  /** Whether something is on the screen or in the scrollback. */
  get hasOutput(): boolean {
    return this.#hasOutput;
  }

  /** Whether a person sees it. */
  get isShown(): boolean {
    return this.screen.element.isConnected;
  }

  /** The person sees what happened meanwhile. */
  markSeen(): void {
    markSeen(this.#paneId);
  }

  /** Opens a new session in the same pane. */
  reconnect(choice?: Choice): void {
    this.isCardHidden.set(false);
    this.screen.startOver();
    this.connection.open(choice);
  }

  /** Pastes text without control characters; if it has several lines, after a confirmation. */
  requestPaste(text: string): void {
    const safe = pasteOf(text);
    if (appearance.get().pasteGuard && hasSeveralLines(safe)) this.confirmations.askForPaste(safe);
    else this.paste(safe);
  }

  /** Pastes text into this pane, or all panes of a broadcast. */
  paste(text: string): void {
    for (const { screen } of this.#receivers()) screen.paste(text);
  }

  hasSession(): boolean {
    const progress = this.connection.progress.get();
    return hadShell(progress) || progress.phase.kind === 'joining';
  }

  isFullScreen(): boolean {
    return this.screen.isAlternate;
  }

  end(): void {
    this.doneWatch.stop();
    runtimes.delete(this.#paneId);
    interruptedPanes.remove(this.#paneId);
    this.connection.dispose();
    this.screen.dispose();
  }

  #createConnection(sessionId: number | undefined): TerminalConnection {
    const { screen } = this;
    return new TerminalConnection({
      target: this.target,
      sessionId,
      size: () => screen.size,
      isShown: () => this.isShown,
      sink: {
        startReplay: () => {
          this.#isReplaying = true;
          screen.startReplay();
        },
        write: (bytes, onWritten) => {
          this.#hasOutput = true;
          const echoMs = this.#echo.heard(performance.now());
          if (echoMs !== undefined) this.echoMs.set(echoMs);
          this.#heard();
          screen.write(bytes, onWritten);
        },
      },
      onSession: (id) => {
        keepPane(this.#paneId, { sessionId: id });
      },
      onToBeSaved: async (typed, wasRefused) => {
        const { keepTyped } = await import('../connect/keep-typed.ts');
        return keepTyped(this.target.entryId, typed, wasRefused);
      },
    });
  }

  #heard(): void {
    const isReplay = this.#isReplaying;
    this.#isReplaying = false;
    if (isReplay) return;
    if (!this.isShown) markUnseen(this.#paneId, 'activity');
    this.doneWatch.heard();
  }

  #screenListener(): ScreenListener {
    return {
      onInput: (bytes, isTyped) => {
        if (isTyped) this.#type(bytes);
        else this.connection.send(bytes);
      },
      onResize: (size) => {
        this.size.set(size);
        this.connection.resize(size);
        keepPane(this.#paneId, { state: size });
      },
      onTitle: this.title.set,
      onBell: () => {
        this.bells.set(this.bells.get() + 1);
        if (!this.isShown) markUnseen(this.#paneId, 'bell');
        this.doneWatch.rang();
      },
      onClipboard: (text) => {
        this.confirmations.askForClipboard(text);
      },
      onPaste: (text) => {
        this.requestPaste(text);
      },
      onSelect: (text) => {
        if (appearance.get().copyOnSelect && text !== '') void copyText(text);
      },
      onLink: (address) => {
        this.confirmations.askForLink(address);
      },
      describeLink: ({ href }) =>
        i18next.t('sessions:pane.linkHint', { address: href, key: i18next.t('app:shortcuts.keys.control') }),
      onKey: (event) => handleTerminalKey(event, this),
    };
  }

  #type(bytes: Uint8Array<ArrayBuffer>): void {
    const { phase } = this.connection.progress.get();
    const isQuiet = this.#typing.typed(performance.now());
    if (isOver(phase)) {
      // A command that is being typed when the session is lost ends with Enter, too.
      const isMeant = isQuiet || (phase.kind === 'exited' && phase.code !== null);
      if (bytes[0] === enter && isMeant) this.reconnect();
      return;
    }
    this.#echo.typed(performance.now());
    const modified = withModifiers(bytes, sticky.get());
    sticky.set(noModifiers);
    for (const { connection } of this.#receivers()) connection.send(modified);
  }

  /** The terminals that get what is typed into this one: itself, or all panes of its tab. */
  #receivers(): readonly TerminalRuntime[] {
    const tab = tabOf(this.#paneId);
    const ids = tab?.broadcast === true ? panesOf(tab.layout) : [this.#paneId];
    return ids.flatMap((id) => runtimes.get(id) ?? []);
  }
}
