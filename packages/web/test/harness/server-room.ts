import type { Browser } from 'playwright-core';
import { startTestGatehouse, type TestGatehouse } from '../../../server/test/harness/gatehouse.ts';
import { authorizedKeys } from '../../../server/test/sessions/servers.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from '../../../server/test/ssh-servers/sshd.ts';
import { startBrowser } from './browser.ts';

/** A browser, a Gatehouse, and a real server with an account that the tests' keys open. */
export interface ServerRoom extends AsyncDisposable {
  readonly account: TestAccount;
  readonly sshd: Sshd;
  readonly gatehouse: TestGatehouse;
  readonly browser: Browser;
}

export async function openServerRoom(): Promise<ServerRoom> {
  await using opening = new AsyncDisposableStack();
  const account = opening.use(await addTestAccount());
  const sshd = opening.use(await startSshd({ authorizedKeys }));
  const gatehouse = opening.use(await startTestGatehouse());
  const browser = opening.adopt(await startBrowser(), (open) => open.close());
  const open = opening.move();
  return { account, sshd, gatehouse, browser, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
