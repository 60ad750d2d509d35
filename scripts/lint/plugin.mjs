import { documentedExports } from './documented-exports.mjs';
import { exposedSecrets } from './exposed-secrets.mjs';
import { parsedJson } from './parsed-json.mjs';
import { tableOwners } from './table-owners.mjs';

/** The rules of this repository that no published plugin has. eslint.config.js says where each applies. */
export const gatehouse = {
  rules: {
    'documented-exports': documentedExports,
    'exposed-secrets': exposedSecrets,
    'parsed-json': parsedJson,
    'table-owners': tableOwners,
  },
};
