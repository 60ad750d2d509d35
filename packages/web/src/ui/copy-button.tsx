import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/clipboard.ts';

/** How long the button shows the result. */
const resultMs = 1_500;

interface CopyButtonProps {
  readonly value: string;
  /** The label of the button; "Copy" by default. */
  readonly label?: string;
}

/** Copies a text that is no secret, and shows the result. */
export function CopyButton({ value, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const [result, setResult] = useState<'done' | 'failed'>();
  useEffect(() => {
    if (result === undefined) return undefined;
    const timer = setTimeout(() => setResult(undefined), resultMs);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => setResult((await copyText(value)) ? 'done' : 'failed');
  return (
    <Button
      variant="default"
      onClick={() => void copy()}
      leftSection={result === 'done' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
    >
      {result === undefined ? (label ?? t('copy.copy')) : t(`copy.${result}`)}
    </Button>
  );
}
