/** The organizations of one account, kept up to date. */
export interface Memberships {
  readonly ids: ReadonlySet<number>;
  /** Reads them again; resolves when the result of the last call is in. */
  refresh(): Promise<void>;
  /** Removes one at once, also from a read in progress. */
  lose(id: number): void;
}

/** `read` resolves to the ids of the organizations in which the account is an active member. */
export function createMemberships(read: () => Promise<Iterable<number>>): Memberships {
  let ids: ReadonlySet<number> = new Set();
  let changes = 0;
  let reading: Promise<void> | undefined;

  async function readUntilCurrent(): Promise<void> {
    let seen: number;
    do {
      seen = changes;
      const found = new Set(await read());
      // The result of an earlier read may contain what the latest change removed.
      if (seen === changes) ids = found;
    } while (seen !== changes);
  }

  return {
    get ids() {
      return ids;
    },
    refresh() {
      changes++;
      reading ??= readUntilCurrent().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    lose(id) {
      changes++;
      ids = new Set([...ids].filter((other) => other !== id));
    },
  };
}
