import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './focus-back.ts';

/** A window over the screen, open as long as it is in the page; when it has gone, the keyboard is back where it was. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const { t } = useTranslation();
  useFocusBack();
  return <Modal opened returnFocus={false} closeButtonProps={{ 'aria-label': t('confirm.close') }} {...props} />;
}
