import { Alert, Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';

interface ChangedMeanwhileProps {
  readonly title: string;
  readonly text: string;
  /** The label of the button. */
  readonly reload: string;
  readonly onReload: () => void;
}

/** Shown in a form if another person changed the same object meanwhile, which saving would overwrite. */
export function ChangedMeanwhile({ title, text, reload, onReload }: ChangedMeanwhileProps) {
  return (
    <Alert color="yellow" variant="light" role="alert" icon={<IconUsers size={18} aria-hidden />} title={title}>
      <p style={{ margin: '0 0 12px' }}>{text}</p>
      <Button variant="default" onClick={onReload}>
        {reload}
      </Button>
    </Alert>
  );
}
