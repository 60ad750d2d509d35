import type { Identity, IdentityKey } from '@gatehouse/contract/identities';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { algorithmName, usesKey, usesPassword } from '../condition.ts';
import { authorizeCommand, publicKeyFileName } from '../public-key.ts';
import { useStoredSince } from '../stored-since.ts';
import classes from './identity-panel.module.css';

/** The facts of the stored secrets: whether they exist, never their values. */
export function Facts({ identity }: { readonly identity: Identity }) {
  const { t } = useTranslation('identities');
  const { type, username, key, hasPassword } = identity;
  return (
    <dl className={classes['facts']}>
      {type !== 'password-only' && (
        <Fact label={t('panel.username')}>
          {username === null ? (
            <span className={classes['faint']}>{t('panel.noUsername')}</span>
          ) : (
            <span className="mono">{username}</span>
          )}
        </Fact>
      )}
      {usesPassword(type) && (
        <Fact label={t('panel.password')}>
          {hasPassword ? (
            <Stored secret="password" identity={identity}>
              {t('panel.stored')}
            </Stored>
          ) : (
            <Missing />
          )}
        </Fact>
      )}
      {usesKey(type) && (
        <Fact label={t('panel.privateKey')}>
          {key === null ? (
            <Missing />
          ) : (
            <Stored secret="key" identity={identity}>
              {algorithmName(key) ?? t('panel.unknownKey')}
            </Stored>
          )}
        </Fact>
      )}
      {typeof key?.fingerprint === 'string' && (
        <Fact label={t('panel.fingerprint')}>
          <span className={classes['fingerprint']}>
            <Fingerprint value={key.fingerprint} />
          </span>
        </Fact>
      )}
      {typeof key?.publicKey === 'string' && <PublicKey name={identity.name} publicKey={key.publicKey} />}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes['fact']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface StoredProps {
  readonly secret: 'password' | 'key';
  readonly identity: Identity;
  readonly children: ReactNode;
}

function Stored({ secret, identity, children }: StoredProps) {
  const { t } = useTranslation('identities');
  const since = useStoredSince(secret, identity);
  return (
    <>
      {children}, {t(`panel.${since.key}`, since)}
      <span className={classes['faint']}> · {t('panel.notReadable')}</span>
    </>
  );
}

function Missing() {
  const { t } = useTranslation('identities');
  return <span className={classes['missing']}>{t('panel.missing')}</span>;
}

interface PublicKeyProps {
  readonly name: string;
  readonly publicKey: NonNullable<IdentityKey['publicKey']>;
}

/** The public key. */
function PublicKey({ name, publicKey }: PublicKeyProps) {
  const { t } = useTranslation('identities');
  return (
    <Fact label={t('panel.publicKey')}>
      <code className={classes['publicKey']} tabIndex={0} aria-label={t('panel.publicKey')}>
        {publicKey}
      </code>
      <div className={classes['buttons']}>
        <CopyButton value={publicKey} />
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${publicKey}\n`)}`}
          download={publicKeyFileName(name)}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('panel.download')}
        </Button>
      </div>
      <div className={classes['authorize']}>
        {t('panel.authorizeHint')}
        <CopyButton value={authorizeCommand(publicKey)} label={t('panel.authorize')} />
      </div>
    </Fact>
  );
}
