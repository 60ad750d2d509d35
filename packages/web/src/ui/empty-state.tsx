import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: TablerIcon;
  readonly title: string;
  /** What the thing that is missing is for. */
  readonly text: string;
  /** The next action. */
  readonly children?: ReactNode;
}

/** Says what belongs here and offers to make the first one. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <section className={classes['root']}>
      <span className={classes['icon']}>
        <Icon size={24} stroke={1.6} aria-hidden />
      </span>
      <h2 className={classes['title']}>{title}</h2>
      <p className={classes['text']}>{text}</p>
      {children !== undefined && <div className={classes['actions']}>{children}</div>}
    </section>
  );
}
