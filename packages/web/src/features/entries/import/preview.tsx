import type { ImportResult } from '@gatehouse/contract/entries';
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { inWords } from '../../../lib/sentences.ts';
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
  const { entries, skipped } = result;
  const warnings = warningsByName(result);
  const known = new Set(
    [...index.entries.values()].map(({ entry }) =>
      formatAddress({ ...entry.config, host: entry.ip, username: undefined }),
    ),
  );
  return (
    <div className={classes['preview']}>
      {warnings.general.map((warning) => (
        <p key={warning} className={classes['warning']}>
          {warning}
        </p>
      ))}
      {entries.length === 0 ? (
        <p className={classes['note']}>{t('import.nothing')}</p>
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
              {entries.map(({ name, ip, port, username, jumpHosts, notes }) => {
                const address = formatAddress({ host: ip, port, username: undefined });
                return (
                  <Table.Tr key={name}>
                    <Table.Td className={classes['name'] ?? ''}>{name}</Table.Td>
                    <Table.Td className="mono">{formatAddress({ host: ip, port, username: undefined }, 22)}</Table.Td>
                    <Table.Td className="mono">{username}</Table.Td>
                    <Table.Td>{jumpHosts.join(' → ')}</Table.Td>
                    <Table.Td className={classes['remarks'] ?? ''}>
                      {known.has(address) && <Chip tone="warn">{t('import.exists')}</Chip>}
                      {warnings.ofHost(name).map((warning) => (
                        <div key={warning} className={classes['warning']}>
                          {warning}
                        </div>
                      ))}
                      {notes !== null && <div className={classes['notes']}>{inWords(notes)}</div>}
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
            {skipped.map(({ host, reason }) => (
              <li key={`${host} ${reason}`}>
                <span className="mono">{host}</span> {inWords(reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** A warning about a host starts with its name. */
function warningsByName({ entries, warnings: said }: ImportResult) {
  const warnings = said.map((warning) => inWords(warning));
  const prefixOf = (name: string) => `${name}: `;
  return {
    general: warnings.filter((warning) => !entries.some(({ name }) => warning.startsWith(prefixOf(name)))),
    ofHost: (name: string) =>
      warnings
        .filter((warning) => warning.startsWith(prefixOf(name)))
        .map((warning) => warning.slice(prefixOf(name).length)),
  };
}
