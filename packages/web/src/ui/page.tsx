import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  /** The heading, after `breadcrumb`. */
  readonly title: string;
  readonly breadcrumb?: ReactNode;
  /** The number of objects, or a text about it. */
  readonly count?: number | string | undefined;
  /** The actions, at the right end of the bar. */
  readonly actions?: ReactNode;
  /** A second bar: filters, tabs. */
  readonly toolbar?: ReactNode;
  /** Whether the content scrolls as a whole; `false` for lists that scroll themselves. */
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
