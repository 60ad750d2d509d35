/** The organizations of one account, kept up to date. */
export interface Memberships {
  readonly ids: ReadonlySet<number>;
  /** Reads them anew; resolves when they are as the last call found them. */
  refresh(): Promise<void>;
  /** Takes one away at once, also from what is being read right now. */
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
      // What was read before the latest change may still have what that took away.
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
