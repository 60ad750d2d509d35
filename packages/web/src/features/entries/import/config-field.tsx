import { useTranslation } from 'react-i18next';
import { TextFileField } from '../../../ui/text-file-field.tsx';
import classes from './import.module.css';

const maxFileBytes = 128 * 1024;

interface ConfigFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A field for an ssh_config. */
export function ConfigField({ value, onChange }: ConfigFieldProps) {
  const { t } = useTranslation('entries');
  return (
    <div>
      <TextFileField label={t('import.text')} rows={10} maxBytes={maxFileBytes} value={value} onChange={onChange} />
      <p className={classes['hint']}>
        {t('import.textHint')} {t('import.private')}
      </p>
    </div>
  );
}
