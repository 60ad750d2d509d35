import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { Answer, Person } from '../harness/gatehouse.ts';
import type { TestServer } from '../ssh-servers/sshd.ts';
import { passphrase, readText, vectors } from '../../src/vault/keys/testdata/vectors.ts';

export { passphrase };

/** The public half of a key of the collection, as authorized_keys has it. */
export function publicKeyOf(file: string): string {
  const found = vectors.find((vector) => vector.file === file);
  if (found === undefined) throw new Error(`no key ${file}`);
  return found.publicKey;
}

/** What every sshd of these tests lets in. */
export const authorizedKeys = [
  'ed25519-openssh.key',
  'rsa-2048-openssh.key',
  'ecdsa-256-openssh.key',
  'ecdsa-384-openssh.key',
  'ecdsa-521-openssh.key',
].map(publicKeyOf);

export function privateKey(file: string): string {
  return readText(file);
}

/** Makes an identity; strict unless told otherwise, so that a test notices what is wrong with it. */
export async function addIdentity(
  person: Person,
  body: Readonly<Record<string, unknown>>,
  handling: 'strict' | 'lenient' = 'strict',
): Promise<number> {
  const answer = await person.call(
    'PUT',
    '/api/identity',
    { name: 'An identity', ...body },
    { prefer: `handling=${handling}` },
  );
  expect(answer.body).toMatchObject({ id: expect.any(Number) as unknown });
  return Number(answer.at('id'));
}

/** A key that the sshd of these tests lets in. */
export function keyIdentity(person: Person, username: string, more: object = {}): Promise<number> {
  return addIdentity(person, { type: 'ssh', username, sshKey: privateKey('ed25519-openssh.key'), ...more });
}

interface EntryOptions {
  readonly identities?: readonly number[];
  readonly organizationId?: number;
  readonly config?: object;
  /** Whether the keys of the server are pinned; they are unless told otherwise. */
  readonly pinned?: boolean;
  readonly name?: string;
}

/** Makes an entry for a server. */
export async function addEntry(
  person: Person,
  server: Pick<TestServer, 'host' | 'port' | 'hostKeys'>,
  { identities = [], organizationId, config = {}, pinned = true, name = 'a server' }: EntryOptions = {},
): Promise<number> {
  const answer = await person.call('PUT', '/api/entry', {
    name,
    type: 'server',
    ...(organizationId === undefined ? {} : { organizationId }),
    config: { protocol: 'ssh', ip: server.host, port: server.port, ...config },
    identities,
  });
  expect(answer.body).toMatchObject({ id: expect.any(Number) as unknown });
  const id = Number(answer.at('id'));
  if (pinned) await pin(person, id, server.hostKeys);
  return id;
}

/** Accepts host keys, as a person does who has compared them. */
export async function pin(person: Person, entryId: number, keys: readonly string[]): Promise<void> {
  const answer = await person.call('PUT', `/api/entry/${entryId}/host-keys`, { keys });
  expect(answer.status).toBe(200);
}

export interface ExecOptions {
  readonly stdin?: string;
  readonly encoding?: string;
  readonly timeoutMs?: number;
  readonly directIdentity?: object;
  readonly reason?: string;
}

export function exec(
  person: Person,
  entryId: number,
  command: string,
  { identityId, ...body }: ExecOptions & { readonly identityId?: number } = {},
): Promise<Answer> {
  const query = identityId === undefined ? '' : `?identityId=${identityId}`;
  return person.call('POST', `/api/connection/${entryId}/exec${query}`, { command, ...body });
}

/** Makes an organization of the first person with the others as active members; resolves to its id. */
export async function addOrganization(owner: Person, members: readonly Person[]): Promise<number> {
  const answer = await owner.call('PUT', '/api/organization', { name: 'An organization' });
  const id = Number(answer.at('id'));
  for (const member of members) {
    await owner.call('POST', `/api/organization/${id}/invite`, { username: member.username });
    const accepted = await member.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
    expect(accepted.status).toBe(200);
  }
  return id;
}

/** The audit entries that a person sees of some action, oldest first. */
export async function auditOf(person: Person, action: string, organizationId?: number): Promise<AuditLine[]> {
  const where = `organizationId=${organizationId ?? 'personal'}`;
  const answer = await person.call('GET', `/api/audit/logs?${where}&action=${action}&limit=1000`);
  expect(answer.status).toBe(200);
  return (answer.at('logs') as AuditLine[]).toReversed();
}

export interface AuditLine {
  readonly seq: number;
  readonly outcome: string;
  readonly resourceId: number | null;
  readonly accountId: number | null;
  readonly ipAddress: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How many `sleep` commands of a test account run on this machine. */
export async function runningSleeps(username: string): Promise<number> {
  const uid = uids.get(username) ?? (await uidOf(username));
  uids.set(username, uid);
  // Read here: tests ask many times a second, and to start a program costs more than to count.
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isSleep(`/proc/${name}`, uid)).length;
}

const uids = new Map<string, number>();

async function uidOf(username: string): Promise<number> {
  const { stdout } = await promisify(execFile)('id', ['-u', username]);
  return Number(stdout);
}

function isSleep(directory: string, uid: number): boolean {
  try {
    return statSync(directory).uid === uid && readFileSync(`${directory}/comm`, 'utf8') === 'sleep\n';
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
