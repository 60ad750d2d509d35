import type { ImportResult } from '@gatehouse/contract/ssh-config-import';
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { worded } from '../../../lib/messages.ts';
import { Chip } from '../../../ui/chip.tsx';
import { formatAddress } from '../address.ts';
import type { TreeIndex } from '../tree-index.ts';
import classes from './import.module.css';

interface PreviewProps {
  readonly index: TreeIndex;
  readonly result: ImportResult;
}

/** The preview of an import: what it adds and what it skips. */
export function Preview({ index, result }: PreviewProps) {
  const { t } = useTranslation('entries');
  const { entries, skipped, present } = result;
  const known = new Set(
    [...index.entries.values()].map(({ entry }) =>
      formatAddress({ ...entry.config, host: entry.ip, username: undefined }),
    ),
  );
  return (
    <div className={classes['preview']}>
      {warningsAbout(null, result).map((warning) => (
        <p key={warning} className={classes['warning']}>
          {warning}
        </p>
      ))}
      {entries.length === 0 ? (
        <p className={classes['note']}>{t(present > 0 ? 'import.allPresent' : 'import.nothing')}</p>
      ) : (
        // Wide content scrolls in a box of its own, which the keyboard must reach.
        <div className={classes['scroller']} tabIndex={0} role="region" aria-label={t('import.preview')}>
          <Table verticalSpacing={8} horizontalSpacing={12} withRowBorders>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('import.name')}</Table.Th>
                <Table.Th>{t('import.address')}</Table.Th>
                <Table.Th>{t('import.username')}</Table.Th>
                <Table.Th>{t('import.route')}</Table.Th>
                <Table.Th>{t('import.remarks')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => {
                const { name, ip, port, username, jumpHosts, notes } = entry;
                const address = formatAddress({ host: ip, port, username: undefined });
                return (
                  <Table.Tr key={name}>
                    <Table.Td className={classes['name'] ?? ''}>{name}</Table.Td>
                    <Table.Td className="mono">{formatAddress({ host: ip, port, username: undefined }, 22)}</Table.Td>
                    <Table.Td className="mono">{username}</Table.Td>
                    <Table.Td>{jumpHosts.join(' → ')}</Table.Td>
                    <Table.Td className={classes['remarks'] ?? ''}>
                      {known.has(address) && <Chip tone="warn">{t('import.exists')}</Chip>}
                      {warningsAbout(name, result).map((warning) => (
                        <div key={warning} className={classes['warning']}>
                          {warning}
                        </div>
                      ))}
                      {notes !== null && <div className={classes['notes']}>{worded({ ...entry, notes }, 'notes')}</div>}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {skipped.length > 0 && (
        <div className={classes['skipped']}>
          <h2 className={classes['title']}>{t('import.skipped', { count: skipped.length })}</h2>
          <ul>
            {skipped.map((skip) => (
              <li key={`${skip.host} ${skip.reason}`}>
                <span className="mono">{skip.host}</span> {worded(skip, 'reason')}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** The warnings about one entry, or about no entry. */
function warningsAbout(name: string | null, { warningDetails }: ImportResult): readonly string[] {
  return warningDetails.filter(({ entry }) => entry === name).map((warning) => worded(warning, 'message'));
}
