/** The words of this feature's screens. */
export const en = {
  sockets: {
    asking: 'Checking whether terminals reach the server …',
    arrive: 'Terminals reach the server',
    stay: 'Terminals do not reach the server',
    help: 'Pages arrive here, WebSockets do not. If a reverse proxy stands in front of Gatehouse, it must pass the upgrade on. For nginx:',
    lines: 'Lines for nginx',
    again: 'Check again',
  },
  kit: {
    title: 'Gatehouse recovery kit',
    origin: '{{origin}} · version {{version}} · made on {{date}}',
    key: 'Master key',
    data: 'Data',
    fingerprint: 'Fingerprint',
    postgres: 'PostgreSQL (DATABASE_URL)',
    environment: 'Environment variable ENCRYPTION_KEY',
    apart:
      'Keep the copy apart from the data and their backups: whoever has both has every secret, whoever has one has nothing.',
    download: 'Download the kit',
    print: 'Print it',
    harmless: 'The kit says where the key is and how to recognize a copy. It does not hold the key.',
    confirm: 'I have put a copy of the master key in a safe place',
    confirmed: 'Confirmed on {{date}}',
    sign: 'The copy of the key is kept at: ________________________________',
    parts: {
      key: 'The master key',
      keyText:
        'It opens every password, key and passphrase that this server keeps. This sheet does not hold it. It says where it is, how to copy it, and how to recognize a copy.',
      copy: 'Copy the key',
      copyFile:
        'On the server, show the key and put it into a password manager or a safe: 64 characters, 0 to 9 and a to f.',
      copyEnvironment:
        'The server got the key from its environment. Keep what set the variable: a secret store, a unit file, a compose file.',
      check: 'Check a copy',
      checkText:
        'Where the copy is, in a file called master.key, this line prints its fingerprint. It must be the one above. It tells nothing of the key.',
      restore: 'Restore',
      restoreSqlite:
        'Stop Gatehouse. Put the backup of the database and the copy of the key into an empty directory and start there. A wrong key is refused before anything is written.',
      restorePostgres:
        'Stop Gatehouse. Restore the backup into an empty database, put the copy of the key into an empty data directory and start. A wrong key is refused before anything is written.',
      lost: 'If every copy of the key is lost',
      lostText:
        'Nobody can read the stored secrets again, and Gatehouse does not start with another key. Identities have to be entered again in a new installation. Details: docs/operations.md.',
    },
  },
  verify: {
    title: 'Stored data',
    text: 'Opens every stored secret, compares versions with the audit log, and verifies that log. Nothing is changed; the result is recorded.',
    start: 'Verify now',
    result: {
      ok: 'Everything fits',
      problems: 'Something does not fit',
      incomplete: 'Fits, as far as it could be compared',
    },
    opened_one: '{{count}} stored secret opened',
    opened_other: '{{count}} stored secrets opened',
    entries_one: '{{count}} audit entry in order',
    entries_other: '{{count}} audit entries in order',
    compared_one: '{{count}} checkpoint compared',
    compared_other: '{{count}} checkpoints compared',
    place: '{{rows}} {{rowId}}, {{field}}',
    more: 'and {{count}} more',
    advice: 'docs/operations.md says what to do. The command verify names everything.',
    faults: {
      unreadable: 'does not open in its place',
      older: 'is older than what was written last: an old value was put back',
      destroyed: 'was destroyed: an old value was put back',
      unrecorded: 'has a version that the audit log does not know',
      missing: 'is in the audit log, and not in the database',
    },
  },
  about: {
    title: 'This server',
    licence: 'Free software under the MIT licence.',
    connection: 'Connection',
    read: 'Read on',
    pages: {
      docs: { title: 'The API', text: 'Every call with its fields' },
      guide: { title: 'First steps', text: 'With the API, by curl' },
      llms: { title: 'For language models', text: 'An index of the documentation' },
      openapi: { title: 'The contract', text: 'OpenAPI 3.1, for generators' },
    },
  },
};
