import { backspaceSchema, charsets } from '@gatehouse/contract/entry-config';
import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import classes from './form.module.css';
import type { EntryValues } from './values.ts';

/** What is typed exactly as the server gets it. */
const codeField = {
  classNames: { input: 'mono' },
  autoComplete: 'off',
  autoCapitalize: 'none',
  spellCheck: false,
};

/** The names of character sets, as they are usually written. */
const charsetNames: Readonly<Record<(typeof charsets)[number], string>> = {
  'utf-8': 'UTF-8',
  'iso-8859-1': 'ISO 8859-1 (Latin 1)',
  'iso-8859-2': 'ISO 8859-2 (Latin 2)',
  'iso-8859-15': 'ISO 8859-15 (Latin 9)',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
  'koi8-r': 'KOI8-R',
  ibm866: 'IBM 866',
  'euc-jp': 'EUC-JP',
  shift_jis: 'Shift_JIS',
  'euc-kr': 'EUC-KR',
  gb18030: 'GB 18030 (GBK, GB 2312)',
  big5: 'Big5',
};

/** How the terminals of a server are: what its programs are told, and the bytes that they expect. */
export function TerminalFields({ form }: { readonly form: UseFormReturnType<EntryValues> }) {
  const { t } = useTranslation('entries');
  return (
    <>
      <div className={classes['pair']}>
        <TextInput
          label={t('form.term')}
          placeholder="xterm-256color"
          {...codeField}
          {...form.getInputProps('config.term')}
        />
        <TextInput
          label={t('form.locale')}
          description={t('form.localeText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="de_DE.UTF-8"
          {...codeField}
          {...form.getInputProps('config.locale')}
        />
      </div>
      <div className={classes['pair']}>
        <Select
          label={t('form.charset')}
          description={t('form.charsetText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={charsets.map((value) => ({ value: value === 'utf-8' ? '' : value, label: charsetNames[value] }))}
          allowDeselect={false}
          {...form.getInputProps('config.charset')}
        />
        <Select
          label={t('form.backspace')}
          data={backspaceSchema.options.map((value) =>
            value === 'del' ? { value: '', label: t('form.backspaceDel') } : { value, label: t('form.backspaceCtrlH') },
          )}
          allowDeselect={false}
          {...form.getInputProps('config.backspace')}
        />
      </div>
    </>
  );
}
