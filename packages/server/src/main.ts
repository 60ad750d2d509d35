import { complain, exitUsage, say } from './commands/console.ts';
import { serve } from './commands/serve.ts';
import { helpText } from './greeting.ts';
import { closeInspector } from './inspector.ts';
import { version } from './version.ts';

/** The commands of `npm start -- <command>`; each sets the exit code. All but the default are loaded when they are called. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  serve: (args) => (args.length === 0 ? serve() : refuse(args[0])),
  verify: async (args) => (await import('./commands/verify.ts')).verify(args),
};

async function main([name = 'serve', ...args]: readonly string[]): Promise<void> {
  if (closeInspector())
    complain('A debugger could connect (--inspect, perhaps in NODE_OPTIONS). Its port is closed now.');
  if (name === '--help' || name === '-h') say(helpText());
  else if (name === '--version') say(version);
  else if (Object.hasOwn(commands, name)) await commands[name]?.(args);
  else await refuse(name);
}

function refuse(argument = ''): Promise<void> {
  complain(`Unknown argument ${argument}. Gatehouse is configured by environment variables; --help lists them.`);
  process.exitCode = exitUsage;
  return Promise.resolve();
}

await main(process.argv.slice(2));
