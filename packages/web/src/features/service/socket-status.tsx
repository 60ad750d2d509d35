import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Status } from '../../ui/chip.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { socketCheck } from './queries.ts';
import classes from './socket-status.module.css';

/** The headers that a proxy must forward; docs/operations.md shows them in context. */
const proxyLines = `location /api/ws/ {
  proxy_pass http://127.0.0.1:6989;
  proxy_http_version 1.1;
  proxy_set_header Host $host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection "upgrade";
  proxy_read_timeout 1d;
}`;

/** Shows whether WebSockets work, and else the required configuration of a reverse proxy. */
export function SocketStatus() {
  const { t } = useTranslation('service');
  const { data: arrives, isFetching, refetch } = useQuery(socketCheck);
  return (
    <div role="status" className={classes['root']}>
      {arrives === undefined && <Status tone="neutral">{t('sockets.asking')}</Status>}
      {arrives === true && <Status tone="ok">{t('sockets.arrive')}</Status>}
      {arrives === false && (
        <>
          <Status tone="warn">{t('sockets.stay')}</Status>
          <p className={classes['text']}>{t('sockets.help')}</p>
          <pre className={classes['lines']} tabIndex={0} aria-label={t('sockets.lines')}>
            {proxyLines}
          </pre>
          <div className={classes['actions']}>
            <CopyButton value={proxyLines} />
            <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
              {t('sockets.again')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
