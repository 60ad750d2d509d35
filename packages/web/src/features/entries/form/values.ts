import type { CreateEntry, Entry } from '@gatehouse/contract/entries';
import { defaultPorts, hostKeyPolicySchema } from '@gatehouse/contract/entry-config';
import { isSame } from '../../../lib/merge-changes.ts';
import type { QuickAddress } from '../address.ts';
import { configText, jumpHostsOf, type Location } from '../tree-index.ts';

/** The values of a server's form, with the paths of the contract, so that errors of the server match the fields. */
export interface EntryValues extends Record<string, unknown> {
  name: string;
  location: Location;
  icon: string;
  identities: number[];
  config: {
    ip: string;
    port: string;
    username: string;
    jumpHosts: number[];
    hostKeyPolicy: string;
    legacyAlgorithms: boolean;
    term: string;
    locale: string;
    backspace: string;
    charset: string;
    notes: string;
  };
}

/** The values of a new server in a location, with the address of quick connect. `jumpHosts`: ids of the jump hosts in the address. */
export function newValues(
  location: Location,
  address: QuickAddress | undefined,
  jumpHosts: readonly number[] = [],
): EntryValues {
  return {
    name: address?.host ?? '',
    location,
    icon: '',
    identities: [],
    config: {
      ip: address?.host ?? '',
      port: String(address?.port ?? defaultPorts.ssh),
      username: address?.username ?? '',
      jumpHosts: [...jumpHosts],
      hostKeyPolicy: '',
      legacyAlgorithms: false,
      term: '',
      locale: '',
      backspace: '',
      charset: '',
      notes: '',
    },
  };
}

/** The values of an existing server. */
export function valuesOf({ name, folderId, organizationId, icon, identities, ip, config }: Entry): EntryValues {
  return {
    name,
    location: { folderId, organizationId },
    icon: icon ?? '',
    identities: [...identities],
    config: {
      ip,
      port: String(config.port),
      username: configText(config, 'username'),
      jumpHosts: [...jumpHostsOf(config)],
      hostKeyPolicy: configText(config, 'hostKeyPolicy'),
      legacyAlgorithms: config['legacyAlgorithms'] === true,
      term: configText(config, 'term'),
      locale: configText(config, 'locale'),
      backspace: chosen(configText(config, 'backspace'), 'del'),
      charset: chosen(configText(config, 'charset'), 'utf-8'),
      notes: configText(config, 'notes'),
    },
  };
}

/** The form shows the usual value as none. */
function chosen(value: string, usual: string): string {
  return value === usual ? '' : value;
}

/** The request body. The configuration is replaced as a whole, so fields that the form does not show (`kept`) are included. */
export function bodyOf(values: EntryValues, kept: Readonly<Record<string, unknown>> = {}): CreateEntryInput {
  const { name, location, icon, identities, config } = values;
  return {
    name,
    type: 'server',
    icon: icon === '' ? null : icon,
    ...location,
    identities: [...identities],
    config: {
      protocol: 'ssh',
      ...kept,
      ip: config.ip,
      port: config.port.trim(),
      username: config.username,
      jumpHosts: [...config.jumpHosts],
      hostKeyPolicy: hostKeyPolicySchema.safeParse(config.hostKeyPolicy).data,
      legacyAlgorithms: config.legacyAlgorithms ? true : undefined,
      term: config.term.trim(),
      locale: config.locale.trim(),
      backspace: config.backspace,
      charset: config.charset,
      notes: config.notes,
    },
  };
}

/** The fields of a request that differ from those of another; owner and folder only together. */
export function changedFields(body: CreateEntry, before: CreateEntry): Partial<CreateEntry> {
  const differs = (name: keyof CreateEntry) => !isSame(body[name], before[name]);
  const names = (Object.keys(body) as (keyof CreateEntry)[]).filter(
    (name) => differs(name) || (isLocation(name) && (differs('folderId') || differs('organizationId'))),
  );
  return Object.fromEntries(names.map((name) => [name, body[name]]));
}

function isLocation(name: string): boolean {
  return name === 'folderId' || name === 'organizationId';
}

type CreateEntryInput = Pick<CreateEntry, 'name' | 'type' | 'icon' | 'folderId' | 'organizationId' | 'identities'> & {
  readonly config: unknown;
};
