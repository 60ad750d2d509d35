import { TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LocationSelect } from '../actions/location-select.tsx';
import { locationName } from '../actions/locations.ts';
import { parseQuickAddress } from '../address.ts';
import type { TreeIndex } from '../tree-index.ts';
import classes from './form.module.css';
import type { EntryValues } from './values.ts';

interface MainFieldsProps {
  readonly form: UseFormReturnType<EntryValues>;
  readonly index: TreeIndex;
}

/** Name, location, address and username of a server. */
export function MainFields({ form, index }: MainFieldsProps) {
  const { t } = useTranslation('entries');
  const { location } = form.values;
  const organization = locationName(index, { organizationId: location.organizationId, folderId: null });
  const placeError = form.errors['folderId'] ?? form.errors['organizationId'];
  const host = form.getInputProps('config.ip');
  /** Splits a pasted address: `deploy@10.0.4.11:2222` belongs in three fields. */
  const splitAddress = () => {
    const address = parseQuickAddress(form.values.config.ip);
    if (address === undefined || (address.port === undefined && address.username === undefined)) return;
    form.setFieldValue('config.ip', address.host);
    if (address.port !== undefined) form.setFieldValue('config.port', String(address.port));
    if (address.username !== undefined) form.setFieldValue('config.username', address.username);
  };
  return (
    <>
      <div className={classes['pair']}>
        <TextInput label={t('form.name')} {...form.getInputProps('name')} autoComplete="off" data-autofocus />
        <LocationSelect
          index={index}
          label={t('form.location')}
          description={organization === undefined ? t('form.onlyYou') : t('form.everybodyIn', { organization })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          location={location}
          onLocation={(chosen) => form.setFieldValue('location', chosen)}
          error={placeError}
        />
      </div>
      <div className={classes['address']}>
        <TextInput
          label={t('form.host')}
          placeholder={t('form.hostExample')}
          classNames={{ input: 'mono' }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...host}
          onBlur={(event) => {
            splitAddress();
            (host.onBlur as ((event: React.FocusEvent) => void) | undefined)?.(event);
          }}
        />
        <TextInput
          label={t('form.port')}
          classNames={{ input: 'mono' }}
          inputMode="numeric"
          autoComplete="off"
          {...form.getInputProps('config.port')}
        />
      </div>
      <TextInput
        label={
          <>
            {t('form.username')} <span className={classes['faint']}>· {t('form.usernameHint')}</span>
          </>
        }
        classNames={{ input: 'mono' }}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('config.username')}
      />
    </>
  );
}
