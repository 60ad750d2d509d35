import type { Config } from './config.ts';
import { databaseHost } from './kernel/db/postgres-url.ts';
import type { OwnListener } from './kernel/egress/own-listeners.ts';
import { createEgressPolicy, type EgressPolicy } from './kernel/egress/policy.ts';
import type { Settings } from './kernel/settings/settings.ts';

const defaultPostgresPort = 5432;

/** The egress policy of this process. */
export interface Egress {
  readonly policy: EgressPolicy;
  /** Denies this port of the machine from now on: the gateway listens there. */
  listensOn(port: number): void;
}

/** Creates the policy from configuration and settings; changed lists apply to the next connection. */
export function createEgress(
  { databaseUrl, publicUrl }: Pick<Config, 'databaseUrl' | 'publicUrl'>,
  settings: Settings,
): Egress {
  const listeners: OwnListener[] = [];
  const database = databaseUrl?.expose((bytes) => databaseListener(bytes.toString('utf8')));
  if (database !== undefined) listeners.push(database);
  if (publicUrl !== undefined) listeners.push(publicListener(new URL(publicUrl)));
  const lists = () => ({ allow: settings.get('EGRESS_ALLOW'), deny: settings.get('EGRESS_DENY') });
  return {
    policy: createEgressPolicy({ lists, listeners: () => listeners }),
    listensOn(port) {
      listeners.push({ rule: 'gateway', host: undefined, port });
    },
  };
}

/** The address of the PostgreSQL server; undefined for a Unix socket, which no login can reach. */
function databaseListener(text: string): OwnListener | undefined {
  const url = new URL(text);
  const host = databaseHost(text);
  const port = Number((url.searchParams.get('port') ?? url.port) || defaultPostgresPort);
  return host.startsWith('/') ? undefined : { rule: 'database', host: host.toLowerCase(), port };
}

function publicListener({ protocol, hostname, port }: URL): OwnListener {
  const fallback = protocol === 'https:' ? 443 : 80;
  return { rule: 'public-url', host: withoutBrackets(hostname), port: port === '' ? fallback : Number(port) };
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
