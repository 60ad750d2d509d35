import { useId, type ReactNode } from 'react';
import classes from './entry-page.module.css';

interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A section of a server's page. */
export function Section({ title, actions, children }: SectionProps) {
  const titleId = useId();
  return (
    <section className={classes['card']} aria-labelledby={titleId}>
      <div className={classes['cardHead']}>
        <h2 id={titleId} className={classes['cardTitle']}>
          {title}
        </h2>
        <span className={classes['space']} />
        {actions}
      </div>
      {children}
    </section>
  );
}
