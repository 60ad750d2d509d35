import { useEffect, useRef } from 'react';
import { observable, useObservable } from '../lib/observable.ts';

/** What a person does with tabs and panes by keys that they choose. */
export const tabActions = [
  'previousTab',
  'nextTab',
  'tabByNumber',
  'allTabs',
  'closeTab',
  'reopenTab',
  'nextPane',
  'fullScreen',
] as const;
export type TabAction = (typeof tabActions)[number];

/** Actions without keys. */
type OtherAction = 'saveSet';

/** The keys of each action in words, for tooltips and menus; the app sets them from the preferences. */
export const keyHints = observable<Readonly<Partial<Record<TabAction, string>>>>({});

/** The keys of an action in words; undefined if it has none. */
export function useKeyHint(action: TabAction): string | undefined {
  return useObservable(keyHints)[action];
}

/** A text with the keys of an action behind it, as tooltips show them. */
export function withHint(text: string, hint: string | undefined): string {
  return hint === undefined ? text : `${text} (${hint})`;
}

const handlers = new Map<TabAction | OtherAction, () => (() => void) | undefined>();

/** Runs an action; does nothing where no component offers it. */
export function runTabAction(action: TabAction | OtherAction): void {
  handlers.get(action)?.()?.();
}

/** Whether there is something to act on. */
export function offersTabAction(action: TabAction | OtherAction): boolean {
  return handlers.get(action)?.() !== undefined;
}

/** Offers an action while the component is shown; undefined if there is nothing to act on. */
export function useTabAction(action: TabAction | OtherAction, run: (() => void) | undefined): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    handlers.set(action, () => latest.current);
    return () => {
      handlers.delete(action);
    };
  }, [action]);
}
