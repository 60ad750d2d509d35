const windowMs = 15 * 60_000;
/** So many accounts with wrong passwords from unknown devices in a window are no mistakes of people. */
const alarmAccounts = 50;
/** More are not told apart. */
const maxTracked = 10_000;

/** What is known of wrong passwords of all accounts in this window, at this node. */
export interface SprayWatch {
  /** Notes a wrong password; returns the number of accounts if with it an alarm begins, once until it has been quiet for a window. */
  note(account: string, now: number): number | undefined;
  /** Accounts with wrong passwords in the window. */
  accounts(now: number): number;
  /** Alarms since the start. */
  alarms(): number;
}

/** Notices one password that is tried on many accounts, which neither the limit of an account nor that of an address sees. */
export function createSprayWatch(): SprayWatch {
  // In the order of the latest failure, so that the oldest stand first.
  const failedAt = new Map<string, number>();
  let alarms = 0;
  let isOn = false;

  function forgetOld(now: number): void {
    for (const [account, at] of failedAt) {
      if (now - at < windowMs && failedAt.size <= maxTracked) break;
      failedAt.delete(account);
    }
    if (failedAt.size < alarmAccounts) isOn = false;
  }

  return {
    note(account, now) {
      failedAt.delete(account);
      failedAt.set(account, now);
      forgetOld(now);
      if (isOn || failedAt.size < alarmAccounts) return undefined;
      isOn = true;
      alarms += 1;
      return failedAt.size;
    },
    accounts(now) {
      forgetOld(now);
      return failedAt.size;
    },
    alarms: () => alarms,
  };
}
