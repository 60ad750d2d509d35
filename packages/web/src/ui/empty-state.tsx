import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: TablerIcon;
  readonly title: string;
  /** `h1` if it is the only content of the page. */
  readonly heading?: 'h1' | 'h2';
  /** The purpose of the missing objects. */
  readonly text: string;
  /** The next action. */
  readonly children?: ReactNode;
}

/** Explains an empty list and offers to create the first object. */
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
