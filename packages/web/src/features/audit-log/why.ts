import type { en } from './texts/en.ts';

type Ending = keyof typeof en.endings;

/** How the server words the end of a session, and which text says the same in the reader's language. */
const endings: Readonly<Record<string, Ending>> = {
  'you ended it': 'person',
  'nothing happened in it for too long': 'idle',
  'the server stops': 'shutdown',
  'nobody joined it in time': 'abandoned',
  'the shell ended': 'shell',
  'the command ended': 'command',
  'the connection to the server ended': 'lost',
  'the account was changed or closed': 'account',
  'the sign-in was ended': 'signIn',
  'the API key was deleted': 'apiKey',
  'the membership in the organization ended': 'membership',
  'the permission to connect was taken away': 'permissions',
  'the organization was deleted': 'organization',
  'the identity was deleted or moved': 'identity',
  'the server was deleted or leads somewhere else now': 'entry',
};

/** The key of the text for a reason that the server recorded in words. */
export function endingOf(why: string): Ending | undefined {
  return endings[why];
}
