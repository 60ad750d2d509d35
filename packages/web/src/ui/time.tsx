import { useTranslation } from 'react-i18next';
import { useClock } from '../lib/clock.ts';
import { ago, moment } from '../lib/time.ts';

/** How long ago, with the exact moment on hover; a dash for never. */
export function Ago({ at, never = '–' }: { readonly at: string | null; readonly never?: string }) {
  const { i18n } = useTranslation();
  const nowMs = useClock();
  if (at === null) return <span>{never}</span>;
  return (
    <time dateTime={at} title={moment(at, i18n.language)}>
      {ago(at, i18n.language, nowMs)}
    </time>
  );
}
