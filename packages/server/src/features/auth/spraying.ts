const windowMs = 15 * 60_000;
/** Wrong passwords for this many accounts from unknown devices in one window are not mistakes of their users. */
const alarmAccounts = 50;
/** Above this, accounts are not distinguished any more. */
const maxTracked = 10_000;

/** Wrong passwords of all accounts in this window, at this node. */
export interface SprayWatch {
  /** Records a wrong password; returns the number of accounts when an alarm begins, once until a window passes without wrong passwords. */
  note(account: string, now: number): number | undefined;
  /** Accounts with wrong passwords in the window. */
  accounts(now: number): number;
  /** Alarms since the start. */
  alarms(): number;
}

/** Detects one password tried on many accounts, which neither the limit of an account nor that of an address detects. */
export function createSprayWatch(): SprayWatch {
  // In the order of the latest failure, oldest first.
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
