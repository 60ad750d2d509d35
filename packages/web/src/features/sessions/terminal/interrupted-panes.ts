import { observable, type Observable } from '../../../lib/observable.ts';
import { tabOf } from '../../../workspace/store.ts';
import type { Progress } from '../connection/progress.ts';

/** How long one pane may connect before the next one begins. */
const longestTurnMs = 3_000;

/** What reconnecting several panes needs of each. */
interface Reconnectable {
  readonly connection: { readonly progress: Pick<Observable<Progress>, 'get' | 'subscribe'> };
  readonly isShown: boolean;
  readonly reconnect: () => void;
}

/** The panes whose sessions have ended without a person ending them, such as after a restart of Gatehouse. */
export const interruptedPanes = createInterruptedPanes();

function createInterruptedPanes() {
  const panes = new Map<string, { readonly pane: Reconnectable; readonly unsubscribe: () => void }>();
  const count = observable(0);
  const interrupted = () =>
    [...panes].filter(([id, { pane }]) => tabOf(id) !== undefined && isInterrupted(pane)).map(([, { pane }]) => pane);
  const look = () => {
    count.set(interrupted().length);
  };
  return {
    count,
    add(id: string, pane: Reconnectable) {
      panes.set(id, { pane, unsubscribe: pane.connection.progress.subscribe(look) });
    },
    remove(id: string) {
      panes.get(id)?.unsubscribe();
      panes.delete(id);
      look();
    },
    /** Reconnects them one after the other, those that a person sees first: a gateway that has just started has much to do. */
    async reconnectAll(): Promise<void> {
      const inOrder = interrupted().toSorted((one, other) => Number(other.isShown) - Number(one.isShown));
      for (const pane of inOrder) {
        pane.reconnect();
        await untilSettled(pane);
      }
    },
  };
}

/** A shell that exited, and a login that never succeeded, are not interrupted. */
function isInterrupted({ connection }: Reconnectable): boolean {
  const { phase } = connection.progress.get();
  if (phase.kind === 'exited') return phase.code === null && phase.signal === null;
  return (
    phase.kind === 'failed' && ['session_ended', 'session_interrupted', 'session_gone'].includes(phase.failure.error)
  );
}

function untilSettled({ connection: { progress } }: Reconnectable): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(settle, longestTurnMs);
    const unsubscribe = progress.subscribe(() => {
      if (progress.get().phase.kind !== 'connecting') settle();
    });
  });
}
