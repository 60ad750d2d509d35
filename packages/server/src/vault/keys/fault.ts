import type { KeyFindingSlug } from './finding.ts';
import type { KeyFacts } from './inspection.ts';

interface KeyFaultContext {
  /** Whether the key is encrypted, where that is known. */
  readonly encrypted?: boolean;
  /** The public half as the file states it in clear, where it does. */
  readonly facts?: KeyFacts | undefined;
}

/** Ends the reading of a key that cannot be used. It holds nothing of the key but public facts. */
export class KeyFault extends Error {
  override readonly name = 'KeyFault';
  readonly finding: KeyFindingSlug;
  readonly context: KeyFaultContext;

  constructor(slug: KeyFindingSlug, context: KeyFaultContext = {}) {
    super(slug);
    this.finding = slug;
    this.context = context;
  }
}

/** Adds what is known about the file to the faults that `read` throws. */
export function withContext<T>(context: KeyFaultContext, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyFault) throw new KeyFault(error.finding, { ...context, ...error.context });
    throw error;
  }
}

/**
 * Parses what an unauthenticated cipher gave. A wrong passphrase can leave correct padding (1 in 256), so nonsense inside means that the
 * passphrase is wrong.
 */
export function parseDecrypted<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof KeyFault && error.finding === 'key_unreadable') throw new KeyFault('passphrase_wrong');
    throw error;
  }
}
