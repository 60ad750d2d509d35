import type { ReactNode } from 'react';
import classes from './chip.module.css';

/** The severity that a chip or a dot shows. */
export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'org' | 'accent';

/** A small badge: a scope, a kind, a state that needs attention. */
export function Chip({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes['chip']} data-tone={tone}>
      {children}
    </span>
  );
}

/** A state as a dot and a word: the word carries the meaning, the colour only supports it. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children?: ReactNode }) {
  return (
    <span className={classes['status']} data-tone={tone}>
      <span className={classes['dot']} aria-hidden />
      {children}
    </span>
  );
}
