/** The words of this feature's screens. */
export const en = {
  sockets: {
    asking: 'Checking the WebSocket connection…',
    arrive: 'WebSocket connection works',
    stay: 'WebSocket connection failed',
    help: 'Terminals need WebSockets. If Gatehouse runs behind a reverse proxy, configure the proxy to forward the Upgrade header. For nginx:',
    lines: 'nginx configuration',
    again: 'Check again',
  },
  kit: {
    title: 'Gatehouse recovery kit',
    origin: '{{origin}} · version {{version}} · created on {{date}}',
    key: 'Master key',
    data: 'Data',
    fingerprint: 'Fingerprint',
    postgres: 'PostgreSQL (DATABASE_URL)',
    environment: 'Environment variable ENCRYPTION_KEY',
    apart:
      'Store the copy separately from the data and its backups: either alone is useless; together they open everything.',
    download: 'Download recovery kit',
    print: 'Print',
    harmless: 'The kit describes where the key is stored and how to verify a copy. It does not contain the key itself.',
    confirm: 'I have stored a copy of the master key in a safe place',
    confirmed: 'Confirmed on {{date}}',
    sign: 'Location of the copy: ________________________________',
    parts: {
      key: 'Master key',
      keyText:
        'The master key decrypts every password, key and passphrase stored on this server. This sheet does not contain it. It describes where the key is stored, how to copy it, and how to verify a copy.',
      copy: 'Copy the key',
      copyFile:
        'On the server, display the key and store it in a password manager or a safe: 64 characters, 0 to 9 and a to f.',
      copyEnvironment:
        'The server reads the key from its environment. Back up what sets the variable: a secret store, a unit file or a compose file.',
      check: 'Verify a copy',
      checkText:
        'Run this command where the copy is stored as master.key. It prints the fingerprint, which must match the one above. The fingerprint reveals nothing about the key.',
      restore: 'Restore',
      restoreSqlite:
        'Stop Gatehouse. Put the database backup and the copy of the key into an empty directory and start Gatehouse there. A wrong key is rejected before anything is written.',
      restorePostgres:
        'Stop Gatehouse. Restore the backup into an empty database, put the copy of the key into an empty data directory and start Gatehouse. A wrong key is rejected before anything is written.',
      lost: 'If all copies of the key are lost',
      lostText:
        'The stored secrets cannot be recovered, and Gatehouse does not start with a different key. Set up a new installation and enter the identities again. Details: docs/operations.md.',
    },
  },
  verify: {
    title: 'Stored data',
    text: 'Decrypts every stored secret, compares the versions with the audit log, and verifies the audit log. Nothing is changed; the result is recorded in the audit log.',
    start: 'Verify now',
    result: {
      ok: 'No problems found',
      problems: 'Problems found',
      incomplete: 'No problems found, but not everything could be compared',
    },
    opened_one: '{{count}} stored secret decrypted',
    opened_other: '{{count}} stored secrets decrypted',
    entries_one: '{{count}} audit log entry verified',
    entries_other: '{{count}} audit log entries verified',
    compared_one: '{{count}} checkpoint compared',
    compared_other: '{{count}} checkpoints compared',
    place: '{{rows}} {{rowId}}, {{field}}',
    more: 'and {{count}} more',
    advice: 'See docs/operations.md for what to do. The verify command lists every problem.',
    faults: {
      unreadable: 'cannot be decrypted where it is stored',
      older: 'is older than the last recorded version: an old value was restored',
      destroyed: 'was destroyed, but an old value was restored',
      unrecorded: 'has a version that is not in the audit log',
      missing: 'is in the audit log, but not in the database',
    },
  },
  about: {
    title: 'This server',
    licence: 'Free software under the MIT licence.',
    connection: 'Connection',
    read: 'Documentation',
    pages: {
      docs: { title: 'API reference', text: 'All operations with their fields' },
      guide: { title: 'Getting started', text: 'Using the API with curl' },
      llms: { title: 'llms.txt', text: 'Documentation index for language models' },
      openapi: { title: 'OpenAPI', text: 'OpenAPI 3.1 description, for code generators' },
      asyncapi: { title: 'AsyncAPI', text: 'AsyncAPI 3.0 description of the WebSockets, for code generators' },
    },
  },
};
