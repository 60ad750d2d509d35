import { Button, TextInput } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useId, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuickConnect } from '../quick-connect.ts';
import classes from './overview.module.css';

/** Takes an address or an ssh command, and connects. */
export function QuickField() {
  const { t } = useTranslation('entries');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const titleId = useId();
  const quickConnect = useQuickConnect();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== '') setWrong(!quickConnect(text));
  };
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className={classes['title']}>
        {t('overview.quick')}
      </h2>
      <form className={classes['quick']} onSubmit={submit}>
        <TextInput
          aria-label={t('overview.quick')}
          placeholder={t('overview.quickExample')}
          leftSection={<IconTerminal2 size={18} stroke={1.6} aria-hidden />}
          leftSectionWidth={40}
          classNames={{ input: 'mono' }}
          value={text}
          error={wrong ? t('overview.quickWrong') : undefined}
          description={wrong ? undefined : t('overview.quickHint')}
          inputWrapperOrder={['input', 'description', 'error']}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setWrong(false);
          }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          {t('overview.connect')}
        </Button>
      </form>
    </section>
  );
}
