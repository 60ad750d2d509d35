import { KeyError } from '../key-error.ts';
import { createKeyFile, readKeyFile } from './file.ts';
import { parseHexKey } from './hex-key.ts';
import type { Kek, KekConfig } from './kek.ts';
import { localKek } from './local.ts';

/**
 * The configured master key. Creates one only if the configuration allows it and `dataExists` is false: with a new key, the secrets of existing data
 * would be lost. Otherwise throws `KeyError` with one line.
 */
export async function openKek(config: KekConfig, { dataExists }: { readonly dataExists: boolean }): Promise<Kek> {
  switch (config.kind) {
    case 'env':
      return localKek(config.hex.expose((text) => parseHexKey(text, 'ENCRYPTION_KEY')));
    case 'file': {
      const key = await readKeyFile(config.path);
      if (key !== undefined) return localKek(key);
      if (dataExists)
        throw new KeyError(
          `The key file ${config.path} is missing, and there is data that only its key opens. Put it back: no new key is made beside existing data.`,
        );
      if (!config.mayCreate) throw new KeyError(`The key file ${config.path} does not exist.`);
      return localKek(await createKeyFile(config.path));
    }
  }
}
