import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { Metrics } from './metrics.ts';

const ownerOnly = 0o600;
const maxConnections = 16;
const requestTimeoutMs = 10_000;
const probeTimeoutMs = 1_000;

/**
 * Serves `/metrics` on a Unix socket that only this user can open. Replaces a socket file of a killed process. If the socket answers, or the file is
 * of another kind, throws, and the server does not start.
 */
export async function listenOnMetricsSocket(path: string, metrics: Metrics): Promise<AsyncDisposable> {
  await removeStale(path);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    metrics.read().then(
      ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = maxConnections;
  server.requestTimeout = requestTimeoutMs;
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, ownerOnly);
  return { [Symbol.asyncDispose]: () => close(server) };
}

/** Closing a server removes its socket file. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`METRICS_SOCKET: ${path} exists and is not a socket.`);
  if (await answers(path)) throw new Error(`METRICS_SOCKET: another process listens on ${path}.`);
  rmSync(path, { force: true });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(probeTimeoutMs, () => {
      end(true);
    });
    socket.once('connect', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
  });
}
