import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: TablerIcon;
  readonly title: string;
  /** `h1` where it is all that a page shows. */
  readonly heading?: 'h1' | 'h2';
  /** What the thing that is missing is for. */
  readonly text: string;
  /** The next action. */
  readonly children?: ReactNode;
}

/** Says what belongs here and offers to make the first one. */
export function EmptyState({ icon: Icon, title, heading: Heading = 'h2', text, children }: EmptyStateProps) {
  return (
    <section className={classes['root']}>
      <span className={classes['icon']}>
        <Icon size={24} stroke={1.6} aria-hidden />
      </span>
      <Heading className={classes['title']}>{title}</Heading>
      <p className={classes['text']}>{text}</p>
      {children !== undefined && <div className={classes['actions']}>{children}</div>}
    </section>
  );
}
