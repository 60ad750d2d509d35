import type { KeyFindingSlug } from './finding.ts';
import type { KeyFacts } from './inspection.ts';

interface KeyFaultContext {
  /** Whether the key is encrypted, if known. */
  readonly encrypted?: boolean;
  /** The public half in clear text, if the file has it. */
  readonly facts?: KeyFacts | undefined;
}

/** Ends the reading of an unusable key. It contains only public facts of the key. */
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

/** Adds facts about the file to the faults that `read` throws. */
export function withContext<T>(context: KeyFaultContext, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyFault) throw new KeyFault(error.finding, { ...context, ...error.context });
    throw error;
  }
}

/**
 * Parses the output of an unauthenticated cipher. A wrong passphrase can leave correct padding (1 in 256), so malformed content means that the
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
