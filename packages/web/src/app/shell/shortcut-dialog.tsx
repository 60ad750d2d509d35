import { Kbd } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { isMac, listShortcuts, shellShortcuts, terminalShortcuts, type Combination } from './shortcuts.ts';
import { tabActions } from '../../workspace/tab-actions.ts';
import { keyNamesOf } from './keys/key-names.ts';
import { useBindings } from './keys/use-bindings.ts';
import classes from './shortcut-dialog.module.css';

interface ShortcutRow {
  readonly words: string;
  readonly combinations: readonly Combination[];
}

/** Every shortcut in words. */
export function ShortcutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const shell = shellShortcuts.map(({ name, combinations }) => ({ words: t(`shortcuts.${name}`), combinations }));
  const shellInTerminal = shellShortcuts.flatMap(({ name, inTerminal }) =>
    inTerminal === undefined ? [] : [{ words: t(`shortcuts.${name}`), combinations: inTerminal }],
  );
  const terminal = terminalShortcuts.map(([name, ...combinations]) => ({
    words: t(`shortcuts.${name}`),
    combinations,
  }));
  const bindings = useBindings();
  const tabs = tabActions.flatMap((action) => {
    const keys = bindings[action];
    return keys === null ? [] : [{ words: t(`shortcuts.tabs.${action}`), keys: keyNamesOf(keys, action, t) }];
  });
  const lists = listShortcuts.map(([name, ...combinations]) => ({ words: t(`shortcuts.${name}`), combinations }));
  return (
    <Dialog onClose={onClose} title={t('shortcuts.title')} size={840}>
      <div className={classes['columns']}>
        <div>
          <Lines title={t('shortcuts.everywhere')} lines={shell} />
          <Lines title={t('shortcuts.lists')} lines={lists} />
        </div>
        <div>
          <Lines
            title={t('shortcuts.terminal')}
            lines={[...(isMac() ? [] : shellInTerminal), ...terminal]}
            note={isMac() ? undefined : t('shortcuts.terminalNote')}
          />
          <section className={classes['part']}>
            <h3 className={classes['title']}>{t('shortcuts.tabsTitle')}</h3>
            <dl className={classes['lines']}>
              {tabs.map(({ words, keys }) => (
                <div key={words} className={classes['line']}>
                  <dt>{words}</dt>
                  <dd>
                    <span className={classes['keys']}>
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  </dd>
                </div>
              ))}
            </dl>
            <p className={classes['note']}>
              <Link to="/settings/$section" params={{ section: 'keyboard' }} onClick={onClose}>
                {t('shortcuts.change')}
              </Link>
            </p>
          </section>
        </div>
      </div>
    </Dialog>
  );
}

interface LinesProps {
  readonly title: string;
  readonly lines: readonly ShortcutRow[];
  readonly note?: string | undefined;
}

function Lines({ title, lines, note }: LinesProps) {
  return (
    <section className={classes['part']}>
      <h3 className={classes['title']}>{title}</h3>
      <dl className={classes['lines']}>
        {lines.map(({ words, combinations }) => (
          <div key={words} className={classes['line']}>
            <dt>{words}</dt>
            <dd>
              {combinations.map((combination) => (
                <Keys key={combination.join()} combination={combination} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {note !== undefined && <p className={classes['note']}>{note}</p>}
    </section>
  );
}

const signs: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
const macSigns: Readonly<Record<string, string>> = { ...signs, Mod: '⌘', Shift: '⇧', Alt: '⌥' };

function Keys({ combination }: { readonly combination: Combination }) {
  const { t } = useTranslation();
  const named: Readonly<Record<string, string>> = {
    Mod: t('shortcuts.keys.control'),
    Shift: t('shortcuts.keys.shift'),
    Space: t('shortcuts.keys.space'),
    Enter: t('shortcuts.keys.enter'),
    Escape: t('shortcuts.keys.escape'),
  };
  return (
    <span className={classes['keys']}>
      {combination.map((key) => (
        <Kbd key={key}>{(isMac() ? macSigns : signs)[key] ?? named[key] ?? key}</Kbd>
      ))}
    </span>
  );
}
