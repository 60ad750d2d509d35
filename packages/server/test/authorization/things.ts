import { password, type Answer, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import type { TestServer } from '../ssh-servers/sshd.ts';

/** Everything of which an operation names one by its id. */
export interface Things {
  readonly organization: number;
  readonly identity: number;
  readonly entry: number;
  readonly hostKey: number;
  readonly folder: number;
  readonly connection: number;
  readonly signIn: number;
  readonly apiKey: number;
  readonly account: number;
}
export type Kind = keyof Things;

/** Where things are made: by whom, for whom, and what their names say. */
export interface Place {
  readonly by: Person;
  /** Absent: they are personal. */
  readonly organizationId?: number | undefined;
  readonly name: string;
}

/** Makes things; each call makes a new one, so that it may be destroyed. */
export function createMaker(gatehouse: TestGatehouse, server: TestServer) {
  const ownerOf = ({ organizationId }: Place) => (organizationId === undefined ? {} : { organizationId });
  let serial = 0;

  async function identity(place: Place): Promise<number> {
    const secrets = { type: 'password', username: 'anna', password: 'a password' };
    return idOf(place.by.call('PUT', '/api/identity', { name: place.name, ...secrets, ...ownerOf(place) }));
  }

  /** With an identity and the host key of a server that requires no authentication. */
  async function entry(place: Place, linked?: number): Promise<number> {
    const config = { ip: server.host, port: server.port };
    const identities = [linked ?? (await identity(place))];
    const id = await idOf(
      place.by.call('PUT', '/api/entry', { name: place.name, config, identities, ...ownerOf(place) }),
    );
    await idOf(place.by.call('PUT', `/api/entry/${id}/host-keys`, { keys: [...server.hostKeys] }), 'message');
    return id;
  }

  return {
    identity,
    entry,
    folder: (place: Place) => idOf(place.by.call('PUT', '/api/folder', { name: place.name, ...ownerOf(place) })),
    organization: (place: Place) => idOf(place.by.call('PUT', '/api/organization', { name: place.name })),
    person: () => gatehouse.person(`person-${serial++}`),
    async connection({ by }: Place, entryId: number): Promise<number> {
      return idOf(by.call('POST', '/api/connection', { entryId }), 'sessionId');
    },
    async hostKey({ by }: Place, entryId: number): Promise<number> {
      const { body } = await by.call('GET', `/api/entry/${entryId}/host-keys`);
      const [key] = (body as { keys: { id: number }[] }).keys;
      if (key === undefined) throw new Error(`no host key of ${entryId}`);
      return key.id;
    },
    async signIn({ by }: Place): Promise<number> {
      const { body } = await (await gatehouse.signIn(by.username)).call('GET', '/api/session/list');
      const found = (body as { id: number; current: boolean }[]).find(({ current }) => current);
      if (found === undefined) throw new Error('no current session');
      return found.id;
    },
    apiKey: ({ by, name }: Place) => idOf(by.call('POST', '/api/account/api-keys', apiKeyBody(name, ['entries:read']))),
  };
}
export type Maker = ReturnType<typeof createMaker>;

export function apiKeyBody(name: string, scopes: readonly string[], lifeMs = 3_600_000): object {
  return { currentPassword: password, name, scopes, expiresAt: new Date(Date.now() + lifeMs).toISOString() };
}

/** One thing of every kind. */
export async function makeAll(make: Maker, place: Place): Promise<Things> {
  const identity = await make.identity(place);
  const entry = await make.entry(place, identity);
  return {
    organization: place.organizationId ?? 0,
    identity,
    entry,
    hostKey: await make.hostKey(place, entry),
    folder: await make.folder(place),
    connection: await make.connection(place, entry),
    signIn: await make.signIn(place),
    apiKey: await make.apiKey(place),
    account: place.by.id,
  };
}

/** The id that an answer of success has; throws for every other. */
export async function idOf(call: Promise<Answer>, name = 'id'): Promise<number> {
  const answer = await call;
  if (answer.status < 300) return Number(answer.at(name));
  throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
}
