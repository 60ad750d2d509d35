import type { Icon } from '@tabler/icons-react';
import { createElement, type ComponentType } from 'react';
import type { Observable } from '../lib/observable.ts';
import type { Pane } from './workspace.ts';

/** How it stands with what a pane shows; each has a colour and words on its tab. */
export type PaneState = 'new' | 'asks' | 'connecting' | 'joining' | 'open' | 'lost' | 'elsewhere' | 'exited' | 'failed';

/** What stands behind a pane and goes on while it is not shown. A kind adds what its own components need. */
export interface PaneRuntime {
  readonly state: Pick<Observable<PaneState>, 'get' | 'subscribe'>;
  /** What it calls itself beside its name, such as the title that a shell sets; empty for nothing. */
  readonly title: Pick<Observable<string>, 'get' | 'subscribe'>;
  /** Begins, or joins the session of before a reload; called again, it does nothing. */
  readonly start: () => void;
  /** Takes the keyboard. */
  readonly focus: () => void;
  /** The pane was closed: ends the session and frees what it holds. */
  readonly end: () => void;
}

/** What the content of a pane gets. */
export interface PaneViewProps {
  readonly pane: Pane;
  /** Whether the keyboard is for it. */
  readonly isActive: boolean;
  /** Whether what is typed goes to all panes of the tab. */
  readonly isBroadcast: boolean;
  /** Closes the pane. */
  readonly onClose: () => void;
}

type OfRuntime<R, P = object> = ComponentType<P & { readonly runtime: R }>;

/** Something that panes can show. Adding one is a folder that exports it, and a line where the app registers kinds. */
export interface PaneKind<R extends PaneRuntime = PaneRuntime> {
  /** Kept with the layout over a reload. */
  readonly id: string;
  readonly icon: Icon;
  /** Whether what is typed into one can go to all of a tab. */
  readonly takesBroadcast: boolean;
  /** What a pane is called for screen readers, with its number where there are several. */
  readonly labelOf: (pane: Pane, place: { readonly index: number; readonly count: number }) => string;
  /** Makes what stands behind a pane; undefined for a target or a state that is none of this kind. */
  readonly createRuntime: (pane: Pane) => R | undefined;
  readonly View: OfRuntime<R, PaneViewProps>;
  /** What can be done with the content: the first items of the menu. */
  readonly ContentItems?: OfRuntime<R, { readonly pane: Pane }>;
  /** What can be done with the session: the last items of the menu. */
  readonly SessionItems?: OfRuntime<R, { readonly pane: Pane }>;
  /** Below the panes while one of this kind is active, such as keys that a phone has not. */
  readonly Tools?: OfRuntime<R>;
  /** In the status bar while one of this kind is active. */
  readonly Status?: OfRuntime<R>;
  /** Once for all panes of this kind while one of them is shown. */
  readonly Presence?: ComponentType;
}

type Bound<P> = ComponentType<P>;

/** A pane with what stands behind it, and its components bound to that. */
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

/** Makes a kind known; done before the workspace is shown. */
export function registerPaneKind<R extends PaneRuntime>(kind: PaneKind<R>): void {
  const open: Opener = (pane) => {
    const runtime = kind.createRuntime(pane);
    return runtime && bind(kind, runtime);
  };
  kinds.set(kind.id, { icon: kind.icon, open });
}

/** Opens a pane with its kind; undefined where none of this app can. */
export function openWithKind(pane: Pane): OpenPane | undefined {
  return kinds.get(pane.kind)?.open(pane);
}

/** The icon of a kind; undefined where it is not known. */
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
