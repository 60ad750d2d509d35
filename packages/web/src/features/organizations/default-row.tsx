import { useId, type ReactNode } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import classes from './shared-resources.module.css';

interface DefaultRowProps {
  readonly label: string;
  readonly hint: string;
  readonly error: unknown;
  /** What chooses, described by the element with this id, or what was chosen. */
  readonly children: (hintId: string) => ReactNode;
}

/** A line above what an organization shares, about what holds for all of it where nothing else is said. */
export function DefaultRow({ label, hint, error, children }: DefaultRowProps) {
  const hintId = useId();
  return (
    <div className={classes['default']}>
      <div className={classes['words']}>
        <div className={classes['label']}>{label}</div>
        <div className={classes['hint']} id={hintId}>
          {hint}
        </div>
      </div>
      {children(hintId)}
      <ProblemAlert error={error} />
    </div>
  );
}
