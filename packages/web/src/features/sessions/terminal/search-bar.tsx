import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconLetterCase, IconRegex, IconX } from '@tabler/icons-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../lib/observable.ts';
import type { TerminalRuntime } from './terminal-runtime.ts';
import type { Found } from '../screen/search.ts';
import classes from './search-bar.module.css';

/** Searches the scrollback. Enter finds the next match, Shift+Enter the previous one, Escape closes the bar. */
export function SearchBar({ runtime }: { readonly runtime: TerminalRuntime }) {
  const { t } = useTranslation('sessions');
  const { screen, isSearching } = runtime;
  const { search } = screen;
  const found = useObservable(search.found);
  const [text, setText] = useState('');
  const [options, setOptions] = useState({ caseSensitive: false, regex: false });
  useEffect(() => {
    search.find(text, 'typing', options);
  }, [search, text, options]);
  function close(): void {
    search.stop();
    isSearching.set(false);
    screen.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') search.find(text, event.shiftKey ? 'previous' : 'next', options);
    else return;
    event.preventDefault();
  }
  const toggle = (name: keyof typeof options) => ({
    variant: options[name] ? 'light' : 'subtle',
    color: options[name] ? 'teal' : 'gray',
    size: 28,
    'aria-pressed': options[name],
    'aria-label': t(name === 'regex' ? 'search.regex' : 'search.case'),
    title: t(name === 'regex' ? 'search.regex' : 'search.case'),
    onClick: () => {
      setOptions({ ...options, [name]: !options[name] });
    },
  });
  return (
    <search className={classes['bar']} aria-label={t('search.label')} onKeyDown={onKeyDown}>
      <TextInput
        className={classes['text']}
        aria-label={t('search.placeholder')}
        placeholder={t('search.placeholder')}
        value={text}
        autoFocus
        spellCheck={false}
        styles={{ input: { minHeight: 28, height: 28 } }}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <span className={classes['count']} role="status">
        <Count text={text} found={found} />
      </span>
      <ActionIcon {...toggle('caseSensitive')}>
        <IconLetterCase size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon {...toggle('regex')}>
        <IconRegex size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('search.previous')}
        onClick={() => {
          search.find(text, 'previous', options);
        }}
      >
        <IconChevronUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('search.next')}
        onClick={() => {
          search.find(text, 'next', options);
        }}
      >
        <IconChevronDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon size={28} aria-label={t('search.close')} onClick={close}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </search>
  );
}

function Count({ text, found }: { readonly text: string; readonly found: Found | undefined }) {
  const { t } = useTranslation('sessions');
  if (text === '' || found === undefined) return null;
  if (found.count === 0) return t('search.none');
  if (found.index < 0) return t('search.many', { count: found.count });
  return t('search.count', { index: found.index + 1, count: found.count });
}
