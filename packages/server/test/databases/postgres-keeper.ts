import { once } from 'node:events';
import { startPostgres } from './postgres-server.ts';
import { createTemplate } from './postgres-template.ts';

/**
 * Owns the PostgreSQL of a test run: prints its URL, and stops it and removes its files when standard input closes.
 * That happens also when the test run crashes or is killed, so nothing stays behind.
 */
const ending = Promise.race([once(process.stdin.resume(), 'close'), once(process, 'SIGTERM')]);
// A reader that was killed meanwhile is no reason to leave the server behind.
process.stdout.on('error', () => undefined);

const server = await startPostgres();
try {
  await createTemplate(server.url);
  process.stdout.write(`${server.url}\n`);
  await ending;
} finally {
  await server.stop();
}
process.stdin.destroy();
