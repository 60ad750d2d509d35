import { useId, type ReactNode } from 'react';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import classes from './shared-resources.module.css';

interface DefaultRowProps {
  readonly label: string;
  readonly hint: string;
  readonly error: unknown;
  /** The control, described by the element with this id, or the selected value. */
  readonly children: (hintId: string) => ReactNode;
}

/** A row above the shared resources, for a default that applies to all of them. */
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
