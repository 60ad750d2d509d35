import type { MessageRows } from './row.ts';

/** What an import of an ssh_config leaves out. */
export const imports = {
  import_line_unreadable: { en: 'Line {{line}} could not be read.', params: { line: 'number' } },
  import_include_skipped: {
    en: 'Line {{line}}: Include {{files}} was not followed; import that file as well.',
    params: { line: 'number', files: 'text' },
  },
  import_proxy_command_left_out: {
    en: '{{name}}: ProxyCommand was left out; name a jump host instead.',
    params: { name: 'text' },
  },
  import_key_files: { en: 'Logged in with {{files}}; store the key as an identity.', params: { files: 'texts' } },
  import_pattern: { en: 'is a pattern, not a server' },
  import_match_block: { en: 'was not applied: of Match blocks, only “all”, “host” and “originalhost” are' },
  import_entry_present: { en: 'is in this folder already, with the same host and port' },
  import_name_too_long: { en: 'the name is not valid or too long' },
  import_jump_hosts_circular: { en: 'its jump hosts are circular' },
  import_jump_host_failed: { en: 'its jump host {{name}} cannot be imported', params: { name: 'text' } },
  import_jump_host_unreadable: { en: 'its jump host {{name}} cannot be read', params: { name: 'text' } },
  import_jump_hosts_too_many: { en: 'it has more than {{most}} jump hosts', params: { most: 'number' } },
  import_jump_host_twice: { en: 'its route uses the same jump host twice' },
  import_setting_fault: { en: '{{field}} {{fault}}', params: { field: 'text', fault: 'message' } },
} as const satisfies MessageRows;
