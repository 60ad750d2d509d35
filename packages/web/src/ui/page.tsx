import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  /** The heading; `breadcrumb` stands before it. */
  readonly title: string;
  readonly breadcrumb?: ReactNode;
  /** How many there are, or what is to be said of that. */
  readonly count?: number | string | undefined;
  /** What can be done here, at the right end of the bar. */
  readonly actions?: ReactNode;
  /** A second line: filters, tabs. */
  readonly toolbar?: ReactNode;
  /** Whether the content scrolls as a whole; lists that scroll by themselves say `false`. */
  readonly scrolls?: boolean;
  readonly children: ReactNode;
}

/** A screen: the bar with its heading and actions, and the content below it. */
export function Page({ title, breadcrumb, count, actions, toolbar, scrolls = true, children }: PageProps) {
  return (
    <main className={classes['root']}>
      <title>{`${title} · Gatehouse`}</title>
      <header className={classes['bar']}>
        {breadcrumb !== undefined && <span className={classes['breadcrumb']}>{breadcrumb} /</span>}
        <h1 className={classes['title']}>{title}</h1>
        {count !== undefined && <span className={classes['count']}>{count}</span>}
        <span className={classes['space']} />
        {actions}
      </header>
      {toolbar !== undefined && <div className={classes['toolbar']}>{toolbar}</div>}
      <div className={classes['content']} data-scrolls={scrolls || undefined}>
        {children}
      </div>
    </main>
  );
}
