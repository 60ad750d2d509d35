import type { ReactNode } from 'react';
import classes from './chip.module.css';

/** What a chip or a dot says about the state of a thing. */
export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'org' | 'accent';

/** A small badge: a scope, a kind, a state that needs attention. */
export function Chip({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes['chip']} data-tone={tone}>
      {children}
    </span>
  );
}

/** A state in one dot and a word; the word is what tells it, the colour only helps. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children?: ReactNode }) {
  return (
    <span className={classes['status']} data-tone={tone}>
      <span className={classes['dot']} aria-hidden />
      {children}
    </span>
  );
}
