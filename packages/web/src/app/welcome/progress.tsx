import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SocketStatus } from '../../features/service/socket-status.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { StepName } from './steps.ts';
import classes from './progress.module.css';

interface ProgressProps {
  readonly steps: readonly StepName[];
  readonly current: StepName;
  /** Whether the person is signed in, so that the WebSocket check can run. */
  readonly signedIn: boolean;
}

/** The progress of the first run, at the side; on a phone a thin bar at the top. */
export function Progress({ steps, current, signedIn }: ProgressProps) {
  const { t } = useTranslation();
  const now = steps.indexOf(current);
  return (
    <aside className={classes['root']} aria-label={t('welcome.progress')}>
      <div className={classes['brand']}>
        <Mark size={28} />
        <span>Gatehouse</span>
      </div>
      <ol className={classes['steps']}>
        {[...steps, 'terminal' as const].map((name, index) => (
          <li
            key={name}
            className={classes['step']}
            data-state={index < now ? 'done' : index === now ? 'current' : 'later'}
            aria-current={index === now ? 'step' : undefined}
          >
            <span className={classes['dot']} aria-hidden>
              {index < now && <IconCheck size={12} stroke={2.4} />}
            </span>
            {t(`welcome.steps.${name}`)}
          </li>
        ))}
      </ol>
      {signedIn && (
        <div className={classes['sockets']}>
          <SocketStatus />
        </div>
      )}
    </aside>
  );
}
