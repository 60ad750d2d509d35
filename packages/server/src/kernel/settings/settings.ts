import { liveSettings, registry, type LiveName, type ValueOf } from './registry.ts';

/** The value of a setting in environment or configuration file. */
export interface Given {
  readonly source: 'environment' | 'file';
  /** Empty for a secret. */
  readonly text: string;
}

/** The settings given by environment or configuration file, by name. They cannot be changed while the server runs. */
export type GivenSettings = ReadonlyMap<string, Given>;

/** The live settings as all other parts read them: at each use, because they can change. */
export interface Settings {
  get<N extends LiveName>(name: N): ValueOf<N>;
  /** Calls the listener after each change; it must not throw. Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** The settings as the feature that changes them sees them. */
export interface AdjustableSettings extends Settings {
  /** The source of a live setting's value, and its text. */
  originOf(name: LiveName): { readonly source: Given['source'] | 'table' | 'default'; readonly text: string };
  /** Loads the rows of the table; returns the names of those whose values are no longer valid, which are ignored. */
  load(rows: ReadonlyMap<string, string>): readonly string[];
}

/** The live settings: environment and configuration file take precedence over the table, the table over the defaults. */
export function createSettings(given: GivenSettings = new Map()): AdjustableSettings {
  const listeners = new Set<() => void>();
  let origins = new Map<LiveName, ReturnType<AdjustableSettings['originOf']>>();
  let values = new Map<LiveName, unknown>();

  function load(rows: ReadonlyMap<string, string>): readonly string[] {
    const invalid: string[] = [];
    const newOrigins: typeof origins = new Map();
    const newValues: typeof values = new Map();
    for (const [name, { fallback, type }] of liveSettings) {
      const stored = rows.get(name);
      const isStored = stored !== undefined && isValid(type.parse, stored);
      if (stored !== undefined && !isStored) invalid.push(name);
      const origin =
        given.get(name) ??
        (isStored ? { source: 'table' as const, text: stored } : { source: 'default' as const, text: fallback });
      newOrigins.set(name, origin);
      newValues.set(name, type.parse(origin.text));
    }
    [origins, values] = [newOrigins, newValues];
    for (const listener of listeners) listener();
    return invalid;
  }

  load(new Map());
  return {
    get: <N extends LiveName>(name: N) => values.get(name) as ValueOf<N>,
    originOf: (name) => origins.get(name) ?? { source: 'default', text: registry[name].fallback },
    load,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function isValid(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
