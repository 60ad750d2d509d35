import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './focus-back.ts';

/** A modal dialog, open while it is rendered; when it closes, the focus returns to the element that had it. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const { t } = useTranslation();
  useFocusBack();
  return <Modal opened returnFocus={false} closeButtonProps={{ 'aria-label': t('confirm.close') }} {...props} />;
}
