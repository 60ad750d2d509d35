import { Button } from '@mantine/core';
import { IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Pane } from '../workspace.ts';
import classes from './pane.module.css';

interface UnknownPaneProps {
  readonly pane: Pane;
  readonly onClose: () => void;
}

/** Shown for a pane of an unknown kind, such as one that another version has opened; it can be closed. */
export function UnknownPane({ pane, onClose }: UnknownPaneProps) {
  const { t } = useTranslation('workspace');
  return (
    <div className={classes['unknown']}>
      <EmptyState icon={IconQuestionMark} title={t('unknown.title')} text={t('unknown.text', { kind: pane.kind })}>
        <Button variant="default" onClick={onClose}>
          {t('unknown.close')}
        </Button>
      </EmptyState>
    </div>
  );
}
