import { accounts } from './groups/accounts.ts';
import { connections } from './groups/connections.ts';
import { egress } from './groups/egress.ts';
import { quotas } from './groups/quotas.ts';
import { server } from './groups/server.ts';
import { terminals } from './groups/terminals.ts';
import type { FixedSetting, LiveSetting, Setting } from './setting.ts';

/** Every setting, by group, in the order in which documentation and screens show them. */
const groups = { server, connections, accounts, terminals, egress, quotas };

/** Every setting by its name, which is the same in environment, configuration file, table and API. */
export const registry = {
  ...groups.server,
  ...groups.connections,
  ...groups.accounts,
  ...groups.terminals,
  ...groups.egress,
  ...groups.quotas,
};

type Registry = typeof registry;

/** The settings that are read once, at the start. */
export type FixedName = {
  [N in keyof Registry]: Registry[N] extends FixedSetting ? N : never;
}[keyof Registry];

/** The settings that administrators can change while the server runs. */
export type LiveName = Exclude<keyof Registry, FixedName>;

/** The type of a setting's value. */
export type ValueOf<N extends keyof Registry> = ReturnType<Registry[N]['type']['parse']>;

/** A setting with the name of its variable and of its group. */
export interface NamedSetting {
  readonly name: string;
  readonly group: string;
  readonly setting: Setting;
}

/** Every setting with its name and group, in order. */
export const settingList: readonly NamedSetting[] = Object.entries(groups).flatMap(([group, settings]) =>
  Object.entries<Setting>(settings).map(([name, setting]) => ({ name, group, setting })),
);

const byName = new Map(settingList.map((named) => [named.name, named]));

/** The setting of this name; undefined for unknown names. */
export function findSetting(name: string): NamedSetting | undefined {
  return byName.get(name);
}

/** Whether a name is that of a setting which can change while the server runs. */
export function isLiveName(name: string): name is LiveName {
  return byName.get(name)?.setting.isLive === true;
}

/** The live settings with their names. */
export const liveSettings: readonly (readonly [LiveName, LiveSetting])[] = settingList.flatMap(({ name, setting }) =>
  setting.isLive && isLiveName(name) ? [[name, setting] as const] : [],
);
