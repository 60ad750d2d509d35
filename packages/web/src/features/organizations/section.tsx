import type { ReactNode } from 'react';
import classes from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly count?: number | undefined;
  /** The actions, at the right end of the heading. */
  readonly actions?: ReactNode;
  /** Content between the heading and the card: a form, a search. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A section of a page: a heading over a card of rows. */
export function Section({ title, count, actions, lead, children }: SectionProps) {
  return (
    <section className={classes['root']} aria-label={title}>
      <header className={classes['head']}>
        <h2 className={classes['title']}>{title}</h2>
        {count !== undefined && <span className={classes['count']}>{count}</span>}
        <span className={classes['space']} />
        {actions}
      </header>
      {lead}
      <div className={classes['card']}>{children}</div>
    </section>
  );
}
