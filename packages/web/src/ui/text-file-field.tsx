import { Button, FileButton, Textarea, type TextareaProps } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useState, type ClipboardEvent, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './text-file-field.module.css';

/** The most bytes of a private key, as the server accepts them. */
export const maxKeyBytes = 64 * 1024;

interface TextFileFieldProps extends Omit<TextareaProps, 'value' | 'onChange' | 'onPaste'> {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** In UTF-8. Larger text is refused before it is read or shown: a browser takes seconds to lay out megabytes. */
  readonly maxBytes: number;
}

/** A field for the text of a file: pasted, typed, dropped or selected. The file is read in the browser. */
export function TextFileField({ value, onChange, maxBytes, error, ...field }: TextFileFieldProps) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const take = async (file: File) => {
    setIsTooLarge(file.size > maxBytes);
    if (file.size <= maxBytes) onChange(await file.text());
  };
  /** Prevents what would be too large. */
  const check = (event: ClipboardEvent | DragEvent, text: string) => {
    const excess = bytesOf(text) > maxBytes;
    setIsTooLarge(excess);
    if (excess) event.preventDefault();
  };
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(event.type === 'dragover');
  };
  const onDrop = (event: DragEvent) => {
    onDrag(event);
    const file = event.dataTransfer.files.item(0);
    if (file === null) check(event, event.dataTransfer.getData('text/plain'));
    else void take(file);
  };
  return (
    <div
      className={classes['field']}
      data-over={isOver || undefined}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrop}
    >
      <Textarea
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        {...field}
        value={value}
        error={isTooLarge ? t('file.tooLarge', { kib: maxBytes / 1024 }) : error}
        onPaste={(event) => check(event, event.clipboardData.getData('text/plain'))}
        onChange={({ currentTarget }) => {
          setIsTooLarge(false);
          onChange(currentTarget.value);
        }}
      />
      <FileButton onChange={(file) => void (file && take(file))}>
        {(props) => (
          <Button
            {...props}
            className={classes['choose'] ?? ''}
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconFile size={14} aria-hidden />}
          >
            {t('file.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}

function bytesOf(text: string): number {
  return new Blob([text]).size;
}
