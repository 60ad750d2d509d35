import type { imports as rows } from '@gatehouse/contract/messages/imports';

/** What an import of an ssh_config leaves out. */
export const imports: Readonly<Record<keyof typeof rows, string>> = {
  import_line_unreadable: 'Zeile {{line}} konnte nicht gelesen werden.',
  import_include_skipped: 'Zeile {{line}}: Include {{files}} wurde nicht befolgt; importieren Sie auch diese Datei.',
  import_proxy_command_left_out: '{{name}}: ProxyCommand wurde weggelassen; nennen Sie stattdessen einen Jump-Host.',
  import_key_files: 'Bisher angemeldet mit {{files}}; speichern Sie den Schlüssel als Identität.',
  import_pattern: 'ist ein Muster, kein Server',
  import_match_block: 'wurde nicht angewendet: von Match-Blöcken nur „all“, „host“ und „originalhost“',
  import_entry_present: 'ist mit demselben Host und Port schon in diesem Ordner',
  import_name_too_long: 'der Name ist ungültig oder zu lang',
  import_jump_hosts_circular: 'seine Jump-Hosts führen im Kreis',
  import_jump_host_failed: 'sein Jump-Host {{name}} lässt sich nicht importieren',
  import_jump_host_unreadable: 'sein Jump-Host {{name}} ist nicht lesbar',
  import_jump_hosts_too_many: 'er hat mehr als {{most}} Jump-Hosts',
  import_jump_host_twice: 'seine Route führt zweimal über denselben Jump-Host',
  import_setting_fault: '{{field}}: {{fault}}',
};
