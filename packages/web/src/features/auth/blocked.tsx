import { Alert } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { waitOf } from './wait.ts';

const tickMs = 1_000;

interface BlockedProps {
  /** When the next attempt is allowed, in milliseconds since 1970. */
  readonly until: number;
  readonly onOver: () => void;
}

/** Shows how long sign-ins are refused, as a countdown. */
export function Blocked({ until, onOver }: BlockedProps) {
  const { t } = useTranslation('auth');
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) onOver();
    }, tickMs);
    return () => clearInterval(timer);
  }, [until, onOver]);
  const wait = waitOf((until - now) / 1000);
  return (
    <Alert color="yellow" variant="light" icon={<IconHourglass size={18} aria-hidden />} role="alert">
      {t('blocked.title')} {/* Read out once, not every second. */}
      <span aria-live="off">
        {wait.unit === 'forever' ? t('blocked.forever') : t(`blocked.${wait.unit}`, { count: wait.count })}
      </span>
    </Alert>
  );
}
