import type { BridgeOptions } from '../baselines/bridge.ts';
import { startBaseline } from '../baselines/fork.ts';
import { startProduct, type Product } from '../product.ts';
import type { OpenShell } from './shell.ts';
import { opensshShells } from './openssh.ts';
import { bridgeShells, productShells } from './sockets.ts';
import { addTarget, startTarget, type Target } from './target.ts';

/** One way to open the target's shell. */
export interface ShellContestant {
  readonly who: string;
  /** The process id of the server; `undefined` for a program that runs once per shell. */
  readonly pid: number | undefined;
  readonly open: OpenShell;
}

export interface SshContest extends AsyncDisposable {
  readonly product: Product;
  readonly entryId: number;
  readonly target: Target;
  /** The product first. */
  readonly contestants: readonly ShellContestant[];
}

/** The product, the bare bridge and the program `ssh`, with the same server. Throws `RowSkipped` if a prerequisite is missing. */
export async function startSshContest(directory: string): Promise<SshContest> {
  await using opening = new AsyncDisposableStack();
  const target = opening.use(await startTarget(directory));
  const product = opening.use(await startProduct(directory));
  const entryId = await addTarget(product, target);
  const bridge = opening.use(startBaseline('bridge.ts'));
  const { host, port, username, keyFile } = target;
  const bridgePort = await bridge.ask<number>({ host, port, username, keyFile } satisfies BridgeOptions);
  const open = opening.move();
  return {
    product,
    entryId,
    target,
    contestants: [
      { who: 'product', pid: product.pid, open: productShells(product, entryId) },
      { who: 'WebSocket on ssh2, nothing else', pid: bridge.pid, open: bridgeShells(bridgePort) },
      { who: 'ssh', pid: undefined, open: opensshShells(target) },
    ],
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
