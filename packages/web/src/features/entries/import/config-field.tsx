import { FileButton, Button, Textarea } from '@mantine/core';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './import.module.css';

const maxFileBytes = 128 * 1024;

interface ConfigFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A field for an ssh_config: pasted, dropped or selected. The file is read in the browser. */
export function ConfigField({ value, onChange }: ConfigFieldProps) {
  const { t } = useTranslation('entries');
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (file === null || file === undefined) return;
    setTooLarge(file.size > maxFileBytes);
    if (file.size <= maxFileBytes) onChange(await file.text());
  };
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(event.type !== 'dragleave');
  };
  return (
    <div
      className={classes['drop']}
      data-over={over || undefined}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={(event) => {
        onDrag(event);
        setOver(false);
        void take(event.dataTransfer.files.item(0));
      }}
    >
      <Textarea
        label={t('import.text')}
        classNames={{ input: 'mono' }}
        rows={10}
        spellCheck={false}
        autoComplete="off"
        value={value}
        error={tooLarge ? t('import.tooLarge') : undefined}
        onChange={(event) => {
          setTooLarge(false);
          onChange(event.currentTarget.value);
        }}
      />
      <div className={classes['hint']}>
        <span>
          {t('import.textHint')} {t('import.private')}
        </span>
        <FileButton onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default">
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  );
}
