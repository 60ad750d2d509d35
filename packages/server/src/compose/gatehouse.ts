import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { StartChecks } from '../start-check.ts';
import { type Overrides, openFoundation } from './foundation.ts';
import { createApp } from './app.ts';

/** A running server. */
export interface Gatehouse {
  /** The address that it listens on: `http://127.0.0.1:6989`. */
  readonly url: string;
  readonly setup: { readonly open: boolean; readonly token: string | undefined };
  readonly checks: StartChecks;
  /** Ends requests and sessions, and closes everything. */
  close(): Promise<void>;
}

/** Opens the database and the vault, and listens. If the keys do not fit the data, throws before it writes or listens. */
export async function startGatehouse(config: Config, overrides: Overrides): Promise<Gatehouse> {
  await using opening = new AsyncDisposableStack();
  const foundation = await openFoundation(config, overrides, opening);
  const { app, setup } = await createApp(foundation, opening);
  await app.listen({ host: config.host, port: config.port });
  foundation.egress.listensOn(portOf(app));
  const open = opening.move();
  return { url: urlOf(app, config.host), setup, checks: foundation.checks, close: () => open.disposeAsync() };
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

function urlOf(app: FastifyInstance, host: string): string {
  const port = portOf(app);
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
