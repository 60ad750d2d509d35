import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Person, TestGatehouse } from '../../../server/test/harness/gatehouse.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from '../../../server/test/ssh-servers/sshd.ts';
import { temporaryDirectory } from '../../../server/test/temporary-sqlite.ts';
import { furnishHome } from './home.ts';

const run = promisify(execFile);

/** A server full of what a small team has, for pictures and for looking around. */
export interface Demo extends AsyncDisposable {
  readonly ada: Person;
  readonly sshd: Sshd;
  readonly login: TestAccount;
  /** Ids by name. */
  readonly entries: ReadonlyMap<string, number>;
  readonly identities: ReadonlyMap<string, number>;
  readonly organizations: ReadonlyMap<string, number>;
}

interface Key {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Furnishes an empty server: three organizations, people, identities of every kind, folders, servers that a real sshd answers for. */
export async function furnish(gatehouse: TestGatehouse): Promise<Demo> {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(temporaryDirectory());
  const login = opening.use(await addTestAccount('deploy'));
  await furnishHome(login.username);
  const keys = {
    deploy: await generateKey(directory.path, ['-t', 'ed25519', '-C', 'deploy@laptop']),
    ada: await generateKey(directory.path, ['-t', 'ed25519', '-C', 'ada@desk']),
    old: await generateKey(directory.path, ['-t', 'rsa', '-b', '2048', '-C', 'root@bastion']),
    backup: await generateKey(directory.path, ['-t', 'ecdsa', '-b', '256', '-C', 'backup']),
    locked: await generateKey(directory.path, ['-t', 'ed25519', '-C', 'contractor', '-N', 'not stored anywhere']),
  };
  const hosts = ['127.0.4.11', '127.0.4.12', '127.0.5.3', '127.0.7.2', '127.0.9.30', '127.0.9.31'];
  const sshd = opening.use(
    await startSshd({
      authorizedKeys: [keys.deploy.publicKey, keys.ada.publicKey],
      config: hosts.map((host) => `ListenAddress ${host}`),
    }),
  );
  const { ada, grace, ken } = await addPeople(gatehouse);
  const organizations = await addOrganizations(ada, [grace, ken]);
  const identities = await addIdentities(ada, {
    organizations,
    keys,
    username: login.username,
    password: login.password,
  });
  const entries = await addServers(ada, { organizations, identities, port: sshd.port });
  await redirect({ ada, grace, organizations, entries, port: sshd.port });
  await work({ ada, grace, hostKeys: sshd.hostKeys, formerKey: keys.ada.publicKey, entries });
  const owned = opening.move();
  return { ada, sshd, login, entries, identities, organizations, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function addPeople(gatehouse: TestGatehouse) {
  const admin = await gatehouse.administrator();
  const person = async (username: string, lastName: string) => {
    const made = await gatehouse.person(username);
    const firstName = username.charAt(0).toUpperCase() + username.slice(1);
    await made.call('PATCH', '/api/account/name', { firstName, lastName });
    return made;
  };
  const ada = await person('ada', 'Lindqvist');
  await admin.call('PATCH', `/api/users/${String(ada.id)}`, { isAdmin: true });
  return { ada, grace: await person('grace', 'Okafor'), ken: await person('ken', 'Brandt') };
}

interface Work {
  readonly ada: Person;
  readonly grace: Person;
  readonly hostKeys: readonly string[];
  /** What a machine showed before it was made anew. */
  readonly formerKey: string;
  readonly entries: ReadonlyMap<string, number>;
}

/** What happened before the picture: commands that went well, a login that was refused, an unknown host key. */
async function work({ ada, grace, hostKeys, formerKey, entries }: Work): Promise<void> {
  const id = (name: string) => String(entries.get(name));
  for (const name of ['web-1', 'web-2', 'db-primary', 'home-nas'])
    await ada.call('PUT', `/api/entry/${id(name)}/host-keys`, { keys: hostKeys });
  await ada.call('PUT', `/api/entry/${id('staging-db')}/host-keys`, { keys: [formerKey] });
  const run = (person: Person, name: string, command: string) =>
    person.call('POST', `/api/connection/${id(name)}/exec`, { command });
  await run(grace, 'staging-web', 'systemctl status nginx');
  await run(ada, 'db-primary', 'pg_lsclusters');
  await run(ada, 'web-2', 'sleep 2; uptime');
  await run(grace, 'web-1', 'df -h; sleep 1; exit 3');
  await run(ada, 'web-1', 'uptime');
  await run(ada, 'home-nas', 'zpool status');
  await ada.call('PATCH', '/api/account/me/preferences', {
    web: {
      favourites: [entries.get('web-1'), entries.get('home-nas')],
      recoveryKitConfirmedAt: new Date().toISOString(),
    },
  });
}

async function generateKey(directory: string, options: readonly string[]): Promise<Key> {
  const file = join(directory, `key-${Math.random().toString(36).slice(2)}`);
  const passphrase = options.includes('-N') ? [] : ['-N', ''];
  await run('ssh-keygen', ['-q', ...options, ...passphrase, '-f', file]);
  return { privateKey: await readFile(file, 'utf8'), publicKey: (await readFile(`${file}.pub`, 'utf8')).trim() };
}

async function addOrganizations(ada: Person, members: readonly Person[]): Promise<ReadonlyMap<string, number>> {
  const made = new Map<string, number>();
  for (const [name, description] of [
    ['Ops', 'Everybody who keeps production running'],
    ['Network', 'Switches, routers and firewalls'],
    ['Windows', ''],
  ] as const) {
    const answer = await ada.call('PUT', '/api/organization', { name, description });
    made.set(name, Number(answer.at('id')));
  }
  const ops = String(made.get('Ops'));
  for (const member of members)
    await ada.call('POST', `/api/organization/${ops}/invite`, { username: member.username });
  await members[0]?.call('POST', `/api/organization/invitations/${ops}/respond`, { accept: true });
  return made;
}

interface IdentityMaterial {
  readonly organizations: ReadonlyMap<string, number>;
  readonly keys: Readonly<Record<'deploy' | 'ada' | 'old' | 'backup' | 'locked', Key>>;
  readonly username: string;
  readonly password: string;
}

async function addIdentities(ada: Person, { organizations, keys, username, password }: IdentityMaterial) {
  const made = new Map<string, number>();
  const key = ({ privateKey }: Key) => ({ type: 'ssh', sshKey: privateKey });
  const all: readonly (readonly [string, string | undefined, object])[] = [
    ['Deploy key', 'Ops', { ...key(keys.deploy), username }],
    ['Ada, personal', undefined, { type: 'both', sshKey: keys.ada.privateKey, password, username }],
    ['Core switches', 'Network', { type: 'password', username: 'netadmin', password: 'a password that nobody reads' }],
    ['Old bastion', undefined, { ...key(keys.old), username: 'root' }],
    ['Backup runner', 'Ops', { ...key(keys.backup), username: 'backup' }],
    ['Lab VNC', undefined, { type: 'password-only', password: 'a password that nobody reads' }],
    ['Contractor Q4', 'Ops', { ...key(keys.locked), username: 'svc-q4' }],
    [
      'Windows estate',
      'Windows',
      { type: 'password', username: 'CORP\\svc-rdp', password: 'a password that nobody reads' },
    ],
  ];
  for (const [name, organization, body] of all) {
    const organizationId = organization === undefined ? undefined : organizations.get(organization);
    const answer = await ada.call('PUT', '/api/identity', { name, ...body, ...(organizationId && { organizationId }) });
    made.set(name, Number(answer.at('id')));
  }
  return made;
}

interface Redirection {
  readonly ada: Person;
  readonly grace: Person;
  readonly organizations: ReadonlyMap<string, number>;
  readonly entries: ReadonlyMap<string, number>;
  readonly port: number;
}

/** A member who does not manage the identities points two servers elsewhere. */
async function redirect({ ada, grace, organizations, entries, port }: Redirection): Promise<void> {
  const rights = `/api/organization/${String(organizations.get('Ops'))}/members/${String(grace.id)}/permissions`;
  await ada.call('PUT', rights, { permissions: { 'identities.manage': 'deny' } });
  for (const [name, ip] of [
    ['report-runner', '127.0.9.30'],
    ['guest-desk', '127.0.9.31'],
  ] as const)
    await grace.call('PATCH', `/api/entry/${String(entries.get(name))}`, { config: { ip, port } });
  await ada.call('PUT', rights, { permissions: {} });
}

interface ServerMaterial {
  readonly organizations: ReadonlyMap<string, number>;
  readonly identities: ReadonlyMap<string, number>;
  readonly port: number;
}

async function addServers(ada: Person, { organizations, identities, port }: ServerMaterial) {
  const made = new Map<string, number>();
  const folder = async (name: string, organizationId: number | undefined) => {
    const answer = await ada.call('PUT', '/api/folder', { name, ...(organizationId && { organizationId }) });
    return Number(answer.at('id'));
  };
  const ops = organizations.get('Ops');
  const network = organizations.get('Network');
  const folders = {
    Production: await folder('Production', ops),
    Staging: await folder('Staging', ops),
    Switches: await folder('Switches', network),
  };
  const all: readonly (readonly [string, string, keyof typeof folders | undefined, string | undefined, string])[] = [
    ['web-1', '127.0.4.11', 'Production', 'Deploy key', 'Nginx and the application, behind the balancer.'],
    ['web-2', '127.0.4.12', 'Production', 'Deploy key', ''],
    ['db-primary', '127.0.5.3', 'Production', 'Backup runner', 'PostgreSQL 18, the primary.'],
    ['staging-web', '127.0.9.30', 'Staging', 'Deploy key', ''],
    ['staging-db', '127.0.9.31', 'Staging', 'Deploy key', ''],
    ['report-runner', '127.0.9.32', 'Staging', 'Deploy key', ''],
    ['guest-desk', '127.0.9.33', 'Staging', undefined, ''],
    ['core-1', 'core-1.example.net', 'Switches', 'Core switches', ''],
    ['core-2', 'core-2.example.net', 'Switches', 'Core switches', ''],
    ['home-nas', '127.0.7.2', undefined, 'Ada, personal', ''],
    ['lab-pi', 'lab-pi.example.net', undefined, 'Ada, personal', ''],
  ];
  for (const [name, ip, folderName, identity, notes] of all) {
    const local = ip.startsWith('127.');
    const answer = await ada.call('PUT', '/api/entry', {
      name,
      type: 'server',
      ...(folderName && { folderId: folders[folderName] }),
      config: { protocol: 'ssh', ip, port: local ? port : 22, ...(notes && { notes }) },
      ...(identity !== undefined && { identities: [identities.get(identity)] }),
    });
    made.set(name, Number(answer.at('id')));
  }
  return made;
}
