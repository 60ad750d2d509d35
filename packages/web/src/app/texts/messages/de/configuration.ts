import type { configuration as rows } from '@gatehouse/contract/messages/configuration';

/** Why a start is refused. */
export const configuration: Readonly<Record<keyof typeof rows, string>> = {
  host_malformed: 'muss eine Adresse oder ein Hostname sein, zum Beispiel 127.0.0.1 oder 0.0.0.0',
  database_url_malformed:
    'muss eine PostgreSQL-URL sein (postgres://user:password@host:port/name), oder leer für SQLite',
  public_url_malformed: 'muss eine Adresse ohne Pfad sein, zum Beispiel https://gate.example.org',
  proxies_malformed: 'muss Adressen oder Netze aufzählen, zum Beispiel 127.0.0.1,10.0.0.0/8',
  ssl_negotiation_unknown: 'hat ein unbekanntes sslnegotiation: erlaubt sind postgres und direct',
  ssl_mode_unknown: 'hat ein unbekanntes sslmode: erlaubt sind {{modes}}',
  ssl_value_unknown: 'hat einen unbekannten Wert von ssl: verwenden Sie stattdessen sslmode',
  ssl_roots_unverified: 'hat sslrootcert=system, das sslmode=verify-full verlangt und nicht {{mode}}',
  ssl_direct_unrequired: 'hat sslnegotiation=direct, das sslmode=require oder ein stärkeres verlangt, nicht {{mode}}',
  ssl_roots_missing: 'DATABASE_URL hat sslmode=verify-ca ohne Stammzertifikat: nennen Sie dessen Datei mit sslrootcert',
  ssl_file_unreadable: 'Die Datei {{path}} ({{parameter}} von DATABASE_URL) kann nicht gelesen werden.',
  config_line_malformed: '{{path}}: Zeile {{line}} hat nicht die Form NAME=Wert.',
  config_setting_unknown: '{{path}}: Es gibt keine Einstellung {{name}}.',
  config_secret_exposed:
    '{{path}} enthält {{name}}, ein Geheimnis, und andere können die Datei lesen. Führen Sie aus: chmod 600 {{path}}',
  config_file_too_large: '{{path}} hat mehr als {{bytes}} Bytes.',
  config_file_unreadable: 'Die Konfigurationsdatei {{path}} kann nicht gelesen werden.',
  config_file_names_file: '{{path}}: CONFIG_FILE kann nur in der Umgebung gesetzt werden.',
  config_file_moves_data:
    '{{path}}: DATA_DIR kann nicht in der Datei gesetzt werden, die dort liegt; setzen Sie auch CONFIG_FILE.',
};
