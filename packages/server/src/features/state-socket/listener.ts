import type { StateTopic } from '@gatehouse/contract/state-socket';
import type { WebSocket } from 'ws';
import type { Caller } from '../../kernel/caller.ts';
import { isSignInOf, type Event } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Auth } from '../auth/service.ts';
import { lostOrganization, topicsFor, topicsOf, type Audience } from './topics.ts';
import { createFeed, type Closing } from './feed.ts';
import { createMemberships } from './memberships.ts';
import { watchSignIn } from './sign-in-watch.ts';

/** One socket that is notified of changes. */
export interface Listener {
  readonly accountId: number;
  hear(event: Event): void;
  /** Ends it if the sign-in has expired. */
  checkSignIn(): void;
  close(why: Closing): void;
}

/** The dependencies of a listener. */
export interface ListenerDependencies {
  readonly auth: Pick<Auth, 'clock' | 'endsAt'>;
  /** The organizations in which an account is an active member now. */
  readonly organizationsOf: (accountId: number) => Promise<Iterable<number>>;
  readonly logger: Logger;
}

interface Options {
  readonly caller: Caller;
  readonly socket: WebSocket;
  readonly onGone: () => void;
}

/**
 * Takes over an admitted socket. It must receive events from then on, so that none is missed while its audience is determined; after that, it reports
 * that everything may have changed.
 */
export function createListener(
  { auth, organizationsOf, logger }: ListenerDependencies,
  { caller, socket, onGone }: Options,
): Listener {
  const { accountId } = caller;
  const topics = topicsFor(caller);
  const feed = createFeed(socket, onGone);
  const memberships = createMemberships(() => organizationsOf(accountId));
  const signIn = watchSignIn(auth, caller, () => {
    feed.close('signedOut');
  });
  const audience: Audience = {
    accountId,
    get organizationIds() {
      return memberships.ids;
    },
  };

  const tell = (changed: readonly StateTopic[]) => {
    feed.tell(changed.filter((topic) => topics.includes(topic)));
  };
  const orFail = (reading: Promise<void>) => {
    reading.catch((error: unknown) => {
      logger.error({ err: error, accountId }, 'a socket for changes was closed: what it may hear could not be read');
      feed.close('failed');
    });
  };
  const readMemberships = async () => {
    await memberships.refresh();
    // Changes in an organization were missed before it was known to be one of theirs.
    feed.tell(topics);
  };

  orFail(signIn.check());
  orFail(readMemberships());
  return {
    accountId,
    hear(event) {
      if (event.type === 'revoked' && isSignInOf(caller, event.what)) {
        feed.close('signedOut');
        return;
      }
      const lost = lostOrganization(event, audience);
      if (lost !== undefined) memberships.lose(lost);
      tell(topicsOf(event, audience));
      if (event.type === 'missed') orFail(signIn.recheck());
      if (event.type === 'missed' || (event.type === 'organizations' && event.accountIds.includes(accountId)))
        orFail(readMemberships());
    },
    checkSignIn() {
      orFail(signIn.check());
    },
    close: feed.close,
  };
}
