import { maxJumpHosts } from '@gatehouse/contract/entry-config';
import { say } from '@gatehouse/contract/messages/message';
import { readSshCommand, shellWords } from '@gatehouse/contract/ssh-command';
import type { HostSettings } from './settings.ts';
import { Skip } from './skip.ts';
import { expandTokens, type Tokens } from './tokens.ts';

/** A jump host as the configuration names it. */
export interface Jump {
  readonly host: string;
  readonly user: string | undefined;
  readonly port: string | undefined;
}

/** Longer than any jump host that an entry can have. */
const maxTextLength = 1_024;
/** How much of an unreadable text its message contains. */
const shownLength = 100;

/** Why a host with more jump hosts than an entry can have is skipped. */
export const tooManyJumps = say('import_jump_hosts_too_many', { most: maxJumpHosts });

/** The jump hosts of ProxyJump, or of a ProxyCommand that is a jump host; undefined for any other ProxyCommand. Throws `Skip` if it cannot be read. */
export function jumpsOf({ proxyJump, proxyCommand }: HostSettings, tokens: Tokens): readonly Jump[] | undefined {
  if (proxyJump !== undefined) return jumpList(proxyJump, tokens);
  return proxyCommand === undefined ? [] : jumpsOfCommand(proxyCommand, tokens);
}

function jumpList(list: string, tokens: Tokens): readonly Jump[] {
  const texts = list.split(',', maxJumpHosts + 1);
  if (texts.length > maxJumpHosts) throw new Skip(tooManyJumps);
  return texts.map((text) => expanded(readJump(text.trim()), text, tokens));
}

/** `[user@]host[:port]` or an ssh:// URI. */
function readJump(text: string): Jump {
  const bare = text.replace(/^ssh:\/\//i, '').replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const address =
    text.length > maxTextLength ? null : /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(bare.slice(at + 1));
  const host = address?.[1] ?? address?.[2];
  if (host === undefined) throw unreadable(text);
  return { host, user: at === -1 ? undefined : bare.slice(0, at), port: address?.[3] };
}

/** ssh expands tokens of ProxyJump only when it connects, so `ssh -G` shows them. */
function expanded({ host, user, port }: Jump, text: string, tokens: Tokens): Jump {
  // Without a user name in the file, the identities of both servers have theirs.
  const sameUser = user === '%r' && tokens.r === undefined;
  const named = { host: expandTokens(host, tokens), user: sameUser ? undefined : expandUser(user, tokens) };
  if (named.host === undefined || (user !== undefined && named.user === undefined && !sameUser)) throw unreadable(text);
  return { host: named.host, user: named.user, port };
}

function expandUser(user: string | undefined, tokens: Tokens): string | undefined {
  return user === undefined ? undefined : expandTokens(user, tokens);
}

function unreadable(text: string): Skip {
  return new Skip(say('import_jump_host_unreadable', { name: text.slice(0, shownLength) }));
}

/** `ssh -W %h:%p` does what ProxyJump does. */
function jumpsOfCommand(command: string, tokens: Tokens): readonly Jump[] | undefined {
  if (command.length > maxTextLength) return undefined;
  const [program = '', ...words] = shellWords(command.replace(/^exec\s+/, ''));
  if (!/^(?:\S*\/)?ssh$/.test(program)) return undefined;
  const read = readSshCommand(words, (text) => {
    const { user, port } = readJump(text);
    return { username: user, port };
  });
  if (read === undefined || !/^(?:%h|\[%h\]):%p$/.test(read.forward ?? '')) return undefined;
  if (read.hostName !== undefined || read.configFile !== undefined || read.proxyCommand !== undefined) return undefined;
  if (read.command.length > 0) return undefined;
  const { destination, username, port, jumps = 'none' } = read;
  const last = expanded({ host: readJump(destination).host, user: username, port }, destination, tokens);
  return [...(jumps.toLowerCase() === 'none' ? [] : jumpList(jumps, tokens)), last];
}
