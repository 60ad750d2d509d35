import type { MessageRows } from './row.ts';

/** Why a start is refused: what is wrong with a setting that is read only then, which the message follows, or with the configuration file. */
export const configuration = {
  host_malformed: { en: 'must be an address or a host name, for example 127.0.0.1 or 0.0.0.0' },
  database_url_malformed: {
    en: 'must be a PostgreSQL URL (postgres://user:password@host:port/name), or empty for SQLite',
  },
  public_url_malformed: { en: 'must be an address without a path, for example https://gate.example.org' },
  proxies_malformed: { en: 'must list addresses or networks, for example 127.0.0.1,10.0.0.0/8' },
  ssl_negotiation_unknown: { en: 'has an unknown sslnegotiation: it must be postgres or direct' },
  ssl_mode_unknown: { en: 'has an unknown sslmode: it must be one of {{modes}}', params: { modes: 'texts' } },
  ssl_value_unknown: { en: 'has an unknown value of ssl: use sslmode instead' },
  ssl_roots_unverified: {
    en: 'has sslrootcert=system, which needs sslmode=verify-full and not {{mode}}',
    params: { mode: 'text' },
  },
  ssl_direct_unrequired: {
    en: 'has sslnegotiation=direct, which needs sslmode=require or a stronger one, not {{mode}}',
    params: { mode: 'text' },
  },
  ssl_roots_missing: {
    en: 'DATABASE_URL has sslmode=verify-ca without a root certificate: name its file with sslrootcert',
  },
  ssl_file_unreadable: {
    en: 'The file {{path}} ({{parameter}} of DATABASE_URL) cannot be read.',
    params: { path: 'text', parameter: 'text' },
  },
  config_line_malformed: {
    en: '{{path}}: line {{line}} is not of the form NAME=value.',
    params: { path: 'text', line: 'number' },
  },
  config_setting_unknown: { en: '{{path}}: there is no setting {{name}}.', params: { path: 'text', name: 'text' } },
  config_secret_exposed: {
    en: '{{path}} holds {{name}}, a secret, and others can read the file. Run: chmod 600 {{path}}',
    params: { path: 'text', name: 'text' },
  },
  config_file_too_large: { en: '{{path}} has more than {{bytes}} bytes.', params: { path: 'text', bytes: 'number' } },
  config_file_unreadable: { en: 'The configuration file {{path}} cannot be read.', params: { path: 'text' } },
  config_file_names_file: { en: '{{path}}: CONFIG_FILE can only be set in the environment.', params: { path: 'text' } },
  config_file_moves_data: {
    en: '{{path}}: DATA_DIR cannot be set in the file that lies there; set CONFIG_FILE, too.',
    params: { path: 'text' },
  },
} as const satisfies MessageRows;
