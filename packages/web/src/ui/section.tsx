import { useId, type ReactNode } from 'react';
import classes from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** The purpose, in a sentence. */
  readonly text?: string;
  /** The actions, at the right end of the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A section of the settings: a heading with a sentence, and the content below. */
export function Section({ title, text, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes['root']} aria-labelledby={id}>
      <header className={classes['head']}>
        <div className={classes['words']}>
          <h2 id={id} className={classes['title']}>
            {title}
          </h2>
          {text !== undefined && <p className={classes['text']}>{text}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** A card of rows, or of a form. */
export function Card({ rows = false, children }: { readonly rows?: boolean; readonly children: ReactNode }) {
  return rows ? <ul className={classes['rows']}>{children}</ul> : <div className={classes['card']}>{children}</div>;
}

interface CardRowProps {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly children?: ReactNode;
}

/** A row of a card: a name, facts, and at the right end the actions. */
export function CardRow({ title, detail, children }: CardRowProps) {
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <div className={classes['name']}>{title}</div>
        {detail !== undefined && <div className={classes['detail']}>{detail}</div>}
      </div>
      {children}
    </li>
  );
}
