import { useEffect, useState } from 'react';

const tickMs = 500;

/** The time in milliseconds, updated twice a second, for countdowns. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => {
      setNowMs(Date.now());
    }, tickMs);
    return () => {
      clearInterval(tick);
    };
  }, []);
  return nowMs;
}
