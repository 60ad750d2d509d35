import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/clipboard.ts';

/** How long it says what became of it. */
const toldMs = 1_500;

interface CopyButtonProps {
  readonly value: string;
  /** What the button says; "Copy" unless given. */
  readonly label?: string;
}

/** Copies a text that is no secret, and says that it did. */
export function CopyButton({ value, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const [told, setTold] = useState<'done' | 'failed'>();
  useEffect(() => {
    if (told === undefined) return undefined;
    const timer = setTimeout(() => setTold(undefined), toldMs);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async () => setTold((await copyText(value)) ? 'done' : 'failed');
  return (
    <Button
      variant="default"
      onClick={() => void copy()}
      leftSection={told === 'done' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
    >
      {told === undefined ? (label ?? t('copy.copy')) : t(`copy.${told}`)}
    </Button>
  );
}
