import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { worded } from '../../../lib/messages.ts';
import type { Question } from '../connection/progress.ts';
import { Destination } from './destination.tsx';
import classes from './card.module.css';

interface PromptQuestionProps {
  readonly question: Exclude<Question, { kind: 'hostkey' }>;
  readonly takesFocus: boolean;
  readonly onAnswer: (values: readonly string[]) => void;
}

/** The prompts of the server, or a missing part of an identity; the input is hidden if the server requests it. Needs a key per question. */
export function PromptQuestion({ question, takesFocus, onAnswer }: PromptQuestionProps) {
  const { t } = useTranslation('sessions');
  const { prompts } = question;
  // Servers need not name what they ask for, and may send blanks.
  const title = question.title.trim() === '' ? t('prompt.title') : worded(question, 'title');
  const instructions = worded(question, 'instructions');
  const [values, setValues] = useState(() => prompts.map(() => ''));
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onAnswer(values);
  }
  return (
    <form className={classes['section']} onSubmit={submit} aria-label={title}>
      <h2 className={classes['title']}>{title}</h2>
      {instructions !== '' && <p className={classes['text']}>{instructions}</p>}
      <Destination destination={question.destination} />
      <div className={classes['fields']}>
        {prompts.map((prompt, index) => {
          const Field = prompt.echo ? TextInput : PasswordInput;
          return (
            <Field
              // The prompts of a question never change, so the index is a stable key.
              key={index}
              label={worded(prompt, 'text')}
              value={values[index] ?? ''}
              autoFocus={takesFocus && index === 0}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setValues(values.with(index, event.currentTarget.value));
              }}
            />
          );
        })}
      </div>
      <div className={classes['actions']}>
        <Button
          variant="default"
          onClick={() => {
            onAnswer([]);
          }}
        >
          {t('prompt.cancel')}
        </Button>
        <Button type="submit">{t('prompt.submit')}</Button>
      </div>
    </form>
  );
}
