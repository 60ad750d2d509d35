import type { Icon } from '@tabler/icons-react';
import { createElement, type ComponentType } from 'react';
import type { Observable } from '../lib/observable.ts';
import type { Pane } from './workspace.ts';

/** The state of a pane's session; each has a colour and a text on its tab. `silent`: open, but the server has not answered for a while. */
export type PaneState =
  'new' | 'asks' | 'connecting' | 'joining' | 'open' | 'silent' | 'lost' | 'elsewhere' | 'exited' | 'failed';

/** The part of a pane that continues while it is hidden. A kind adds what its own components need. */
export interface PaneRuntime {
  readonly state: Pick<Observable<PaneState>, 'get' | 'subscribe'>;
  /** The title that the content sets, such as that of a shell; may be empty. */
  readonly title: Pick<Observable<string>, 'get' | 'subscribe'>;
  /** Starts a session, or joins the one from before a reload; called again, it does nothing. */
  readonly start: () => void;
  /** Moves the focus into the pane. */
  readonly focus: () => void;
  /** Whether there is a session, or its output, that is lost when the pane is closed by mistake. */
  readonly hasSession: () => boolean;
  /** Whether a program uses the whole screen, such as an editor, which may have unsaved text. */
  readonly isFullScreen: () => boolean;
  /** The pane was closed: ends the session and frees what it holds. */
  readonly end: () => void;
}

/** The props of a pane's content. */
export interface PaneViewProps {
  readonly pane: Pane;
  /** Whether it is the active pane. */
  readonly isActive: boolean;
  /** Whether input goes to all panes of the tab. */
  readonly isBroadcast: boolean;
  /** Closes the pane. */
  readonly onClose: () => void;
}

type OfRuntime<R, P = object> = ComponentType<P & { readonly runtime: R }>;

/** A kind of content for panes. A new kind is a folder that exports it, and one line where the app registers kinds. */
export interface PaneKind<R extends PaneRuntime = PaneRuntime> {
  /** Kept with the layout over a reload. */
  readonly id: string;
  readonly icon: Icon;
  /** Whether its panes can take part in a broadcast. */
  readonly takesBroadcast: boolean;
  /** The name of a pane for screen readers, with its number if there are several. */
  readonly labelOf: (pane: Pane, position: { readonly index: number; readonly count: number }) => string;
  /** Creates the runtime of a pane; undefined if the target does not belong to this kind. */
  readonly createRuntime: (pane: Pane) => R | undefined;
  readonly View: OfRuntime<R, PaneViewProps>;
  /** The actions on the content: the first items of the menu. */
  readonly ContentItems?: OfRuntime<R, { readonly pane: Pane }>;
  /** The actions on the session: the last items of the menu. */
  readonly SessionItems?: OfRuntime<R, { readonly pane: Pane }>;
  /** Shown below the panes while one of this kind is active, such as extra keys for phones. */
  readonly Tools?: OfRuntime<R>;
  /** Shown in the status bar while a pane of this kind is active. */
  readonly Status?: OfRuntime<R>;
  /** Rendered once while at least one pane of this kind is shown. */
  readonly Presence?: ComponentType;
}

type Bound<P> = ComponentType<P>;

/** A pane with its runtime, and its components bound to that. */
export interface OpenPane {
  readonly kind: Pick<PaneKind, 'id' | 'icon' | 'takesBroadcast' | 'labelOf' | 'Presence'>;
  readonly runtime: PaneRuntime;
  readonly View: Bound<PaneViewProps>;
  readonly ContentItems?: Bound<{ readonly pane: Pane }>;
  readonly SessionItems?: Bound<{ readonly pane: Pane }>;
  readonly Tools?: Bound<object>;
  readonly Status?: Bound<object>;
}

type Opener = (pane: Pane) => OpenPane | undefined;

const kinds = new Map<string, { readonly icon: Icon; readonly open: Opener }>();

/** Registers a kind; called before the workspace is shown. */
export function registerPaneKind<R extends PaneRuntime>(kind: PaneKind<R>): void {
  const open: Opener = (pane) => {
    const runtime = kind.createRuntime(pane);
    return runtime && bind(kind, runtime);
  };
  kinds.set(kind.id, { icon: kind.icon, open });
}

/** Opens a pane with its kind; undefined if the kind is not registered. */
export function openWithKind(pane: Pane): OpenPane | undefined {
  return kinds.get(pane.kind)?.open(pane);
}

/** The icon of a kind; undefined if the kind is not registered. */
export function iconOf(kindId: string): Icon | undefined {
  return kinds.get(kindId)?.icon;
}

function bind<R extends PaneRuntime>(kind: PaneKind<R>, runtime: R): OpenPane {
  const { View, ContentItems, SessionItems, Tools, Status } = kind;
  const bound = <P extends object>(component: OfRuntime<R, P>): Bound<P> =>
    function Bound(props) {
      return createElement(component, { ...props, runtime });
    };
  return {
    kind,
    runtime,
    View: bound(View),
    ...(ContentItems && { ContentItems: bound(ContentItems) }),
    ...(SessionItems && { SessionItems: bound(SessionItems) }),
    ...(Tools && { Tools: bound<object>(Tools) }),
    ...(Status && { Status: bound<object>(Status) }),
  };
}
