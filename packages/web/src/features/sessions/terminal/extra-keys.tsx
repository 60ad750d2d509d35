import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './extra-keys.module.css';
import { useObservable } from '../../../lib/observable.ts';
import type { TerminalRuntime } from './terminal-runtime.ts';
import { sticky } from './sticky-keys.ts';

const arrows = [
  { name: 'left', sign: '←', letter: 'D' },
  { name: 'up', sign: '↑', letter: 'A' },
  { name: 'down', sign: '↓', letter: 'B' },
  { name: 'right', sign: '→', letter: 'C' },
] as const;
const signs = ['|', '/', '-', '~'];

/** The keys that phone keyboards lack. Ctrl and Alt apply to the next key. */
export function ExtraKeys({ runtime }: { readonly runtime: TerminalRuntime }) {
  const { t } = useTranslation('sessions');
  const held = useObservable(sticky);
  const { screen, connection } = runtime;
  const { phase } = useObservable(connection.progress);
  const key = (label: string, text: () => string, name?: string) => (
    <button
      key={name ?? label}
      type="button"
      className={classes['key']}
      aria-label={name}
      onPointerDown={keepKeyboard}
      onClick={() => {
        screen.type(text());
      }}
    >
      {label}
    </button>
  );
  const modifier = (name: 'ctrl' | 'alt', label: string) => (
    <button
      type="button"
      className={classes['key']}
      aria-pressed={held[name]}
      onPointerDown={keepKeyboard}
      onClick={() => {
        sticky.set({ ...held, [name]: !held[name] });
      }}
    >
      {label}
    </button>
  );
  if (phase.kind !== 'open') return null;
  return (
    <div className={classes['keys']} role="toolbar" aria-label={t('keys.label')}>
      {key('Esc', () => '\u001B')}
      {key('Tab', () => '\t')}
      {modifier('ctrl', 'Ctrl')}
      {modifier('alt', 'Alt')}
      {arrows.map(({ name, sign, letter }) =>
        key(sign, () => `\u001B${screen.hasApplicationCursor ? 'O' : '['}${letter}`, t(`keys.${name}`)),
      )}
      {signs.map((sign) => key(sign, () => sign))}
    </div>
  );
}

/** A button that takes the focus would close the phone's keyboard. */
function keepKeyboard(event: PointerEvent): void {
  event.preventDefault();
}
