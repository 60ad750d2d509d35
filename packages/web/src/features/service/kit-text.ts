import type { RecoveryKit } from '@gatehouse/contract/site';
import type { TFunction } from 'i18next';
import { day } from '../../lib/time.ts';

/** A section of the kit: sentences, then commands. */
export interface KitPart {
  readonly title: string;
  readonly text: readonly string[];
  readonly commands: readonly string[];
}

const lineWidth = 76;

/** Prints the fingerprint of a copy; also in docs/operations.md, and run by a test of the server. */
const fingerprintOf =
  "node -p \"require('crypto').createHmac('sha256', Buffer.from(require('fs').readFileSync(process.argv[1], 'latin1').trim(), 'hex')).update('kcv').digest('hex').slice(0, 32)\" master.key";

/** Prints the key on the server; undefined if it is not in a file. */
export function copyCommand({ key }: RecoveryKit): string | undefined {
  return key.path === null ? undefined : `sudo cat ${shellWord(key.path)}`;
}

/** The location of the data, in words. */
export function dataLocation({ database, dataDir }: RecoveryKit, t: TFunction<'service'>): string {
  return database === 'sqlite' ? `${dataDir.replace(/\/$/, '')}/gatehouse.db` : t('kit.postgres');
}

/** The location of the key, in words. */
export function keyLocation({ key }: RecoveryKit, t: TFunction<'service'>): string {
  return key.path ?? t('kit.environment');
}

/** The kit as it is printed and downloaded. It contains no secret. */
export function kitParts(kit: RecoveryKit, t: TFunction<'service'>): readonly KitPart[] {
  const copy = copyCommand(kit);
  return [
    {
      title: t('kit.parts.key'),
      text: [
        t('kit.parts.keyText'),
        `${t('kit.key')}: ${keyLocation(kit, t)}`,
        `${t('kit.fingerprint')}: ${kit.key.fingerprint}`,
        `${t('kit.data')}: ${dataLocation(kit, t)}`,
      ],
      commands: [],
    },
    {
      title: t('kit.parts.copy'),
      text: [t('kit.apart'), copy === undefined ? t('kit.parts.copyEnvironment') : t('kit.parts.copyFile')],
      commands: copy === undefined ? [] : [copy],
    },
    { title: t('kit.parts.check'), text: [t('kit.parts.checkText')], commands: [fingerprintOf] },
    {
      title: t('kit.parts.restore'),
      text: [kit.database === 'sqlite' ? t('kit.parts.restoreSqlite') : t('kit.parts.restorePostgres')],
      commands: restoreCommands(kit),
    },
    { title: t('kit.parts.lost'), text: [t('kit.parts.lostText')], commands: [] },
  ];
}

function restoreCommands({ database }: RecoveryKit): readonly string[] {
  const key = 'install -m 0600 master.key restored/master.key';
  const start = 'DATA_DIR=restored npm start';
  return database === 'sqlite'
    ? ['install -d -m 0700 restored', 'install -m 0600 gatehouse-backup.db restored/gatehouse.db', key, start]
    : [
        'pg_restore --no-owner --dbname="$DATABASE_URL" gatehouse.dump',
        'install -d -m 0700 restored',
        key,
        `DATABASE_URL=postgres://… ${start}`,
      ];
}

/** The head of the kit: its server, and its date. */
export function kitOrigin(kit: RecoveryKit, { t, origin, language }: KitContext): string {
  return t('kit.origin', { origin, version: kit.version, date: day(kit.createdAt, language) });
}

interface KitContext {
  readonly t: TFunction<'service'>;
  /** The address of the server. */
  readonly origin: string;
  readonly language: string;
}

/** The kit as a text file. */
export function kitText(kit: RecoveryKit, context: KitContext): string {
  const { t } = context;
  const title = t('kit.title');
  const parts = kitParts(kit, t).flatMap((part) => [
    '',
    part.title.toUpperCase(),
    '',
    ...part.text.flatMap((text) => [...wrap(text), '']),
    ...part.commands.map((command) => `    ${command}`),
  ]);
  const lines = [title, '='.repeat(title.length), '', ...wrap(kitOrigin(kit, context)), ...parts];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= lineWidth) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Quotes a word for a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
