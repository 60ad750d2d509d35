import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { me } from '../features/accounts/queries.ts';
import { innerPath } from '../features/auth/inner-path.ts';
import { facetsSchema } from '../features/identities/facets.ts';
import { claimWorkspace } from '../workspace/commands.ts';
import { isSignedOut, resumeBy } from '../lib/api.ts';
import { FaultPage } from './fault-page.tsx';
import { firstRun } from './first-run.ts';
// Before the router looks at the address.
import './setup-token.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { queryClient, whenSignedOut } from './query-client.ts';
import { showSignInEnd, signInEnd, untilSignedIn } from './sign-in-end.ts';
import { Shell } from './shell/shell.tsx';
import { stepNames } from './welcome/steps.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Redirects a person who is not signed in to the sign-in or the first run, and afterwards back to `next`. */
async function requireSignIn(next: string): Promise<void> {
  try {
    await queryClient.query({ ...me, staleTime: 'static' });
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    if (await queryClient.query(firstRun)) redirect({ to: '/welcome', throw: true });
    redirect({ to: '/sign-in', search: { next }, throw: true });
  }
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Another sign-in page is never what comes next, and never part of the address.
  validateSearch: z.object({
    next: z
      .string()
      .startsWith('/')
      .catch('/')
      .transform((next) => innerPath(next, window.location.origin))
      .optional(),
  }),
  beforeLoad: async () => {
    if (await queryClient.query(firstRun)) redirect({ to: '/welcome', throw: true });
  },
  component: lazyRouteComponent(() => import('../features/auth/sign-in-page.tsx'), 'SignInPage'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: z.object({ step: z.enum(stepNames).optional().catch(undefined) }),
  beforeLoad: async ({ location }) => {
    if (!(await queryClient.query(firstRun))) await requireSignIn(location.href);
  },
  component: lazyRouteComponent(() => import('./welcome/welcome-page.tsx'), 'WelcomePage'),
});

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    await requireSignIn(location.href);
    const account = queryClient.getQueryData(me.queryKey);
    if (account !== undefined) claimWorkspace(account.id);
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => redirect({ to: '/servers', throw: true }),
});

/** The tree of servers, with a server, a form or a terminal beside it. */
const servers = createRoute({
  getParentRoute: () => shell,
  id: 'servers-area',
  component: lazyRouteComponent(() => import('./servers-area.tsx'), 'ServersArea'),
});
const serversOverview = createRoute({
  getParentRoute: () => servers,
  path: '/servers',
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
});
const serversNew = createRoute({
  getParentRoute: () => servers,
  path: '/servers/new',
  validateSearch: z.object({
    folderId: z.coerce.number().int().optional().catch(undefined),
    organizationId: z.coerce.number().int().optional().catch(undefined),
    /** `user@host:port`, as quick connect took it. */
    address: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../features/entries/entry-form-page.tsx'), 'NewEntryPage'),
});
const serversImport = createRoute({
  getParentRoute: () => servers,
  path: '/servers/import',
  component: lazyRouteComponent(() => import('../features/entries/import-page.tsx'), 'ImportPage'),
});
const server = createRoute({
  getParentRoute: () => servers,
  path: '/servers/$entryId',
  component: lazyRouteComponent(() => import('./entry-screen.tsx'), 'EntryScreen'),
});
/** For links from elsewhere: connects only after a click. */
const serverConnect = createRoute({
  getParentRoute: () => servers,
  path: '/servers/$entryId/connect',
  component: lazyRouteComponent(() => import('../features/entries/connect-page.tsx'), 'ConnectPage'),
});
const serverEdit = createRoute({
  getParentRoute: () => servers,
  path: '/servers/$entryId/edit',
  component: lazyRouteComponent(() => import('../features/entries/entry-form-page.tsx'), 'EditEntryPage'),
});
/** The terminals themselves live in the area, so that they survive any navigation; this route only says which one shows. */
const terminal = createRoute({ getParentRoute: () => servers, path: '/terminals/$tabId' });

const identities = createRoute({
  getParentRoute: () => shell,
  path: '/identities',
  validateSearch: facetsSchema,
  component: lazyRouteComponent(() => import('../features/identities/identities-page.tsx'), 'IdentitiesPage'),
});
/** The list, with the details of one row beside it. */
const identity = createRoute({ getParentRoute: () => identities, path: '/$identityId' });
const identityNew = createRoute({
  getParentRoute: () => shell,
  path: '/identities/new',
  component: lazyRouteComponent(() => import('../features/identities/identity-form-page.tsx'), 'NewIdentityPage'),
});
const identityEdit = createRoute({
  getParentRoute: () => shell,
  path: '/identities/$identityId/edit',
  component: lazyRouteComponent(() => import('../features/identities/identity-form-page.tsx'), 'EditIdentityPage'),
});

const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../features/sessions/sessions-page.tsx'), 'SessionsPage'),
});
const session = createRoute({ getParentRoute: () => sessions, path: '/$sessionId' });

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: z.object({
    organizationId: z
      .union([z.literal('personal'), z.coerce.number().int()])
      .optional()
      .catch(undefined),
    action: z.string().optional().catch(undefined),
    actor: z.string().optional().catch(undefined),
    resource: z.string().optional().catch(undefined),
    outcome: z.enum(['ok', 'failed', 'denied', 'started']).optional().catch(undefined),
    startDate: z.string().optional().catch(undefined),
    endDate: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../features/audit-log/audit-page.tsx'), 'AuditPage'),
});

const organizations = createRoute({
  getParentRoute: () => shell,
  path: '/organizations',
  component: lazyRouteComponent(() => import('../features/organizations/organizations-page.tsx'), 'OrganizationsPage'),
});
const organization = createRoute({
  getParentRoute: () => shell,
  path: '/organizations/$organizationId',
  component: lazyRouteComponent(() => import('./organization-screen.tsx'), 'OrganizationScreen'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});
const settingsSection = createRoute({ getParentRoute: () => settings, path: '/$section' });

const routes = root.addChildren([
  signIn,
  welcome,
  shell.addChildren([
    home,
    servers.addChildren([serversOverview, serversNew, serversImport, server, serverConnect, serverEdit, terminal]),
    identityNew,
    identityEdit,
    identities.addChildren([identity]),
    sessions.addChildren([session]),
    audit,
    organizations,
    organization,
    settings.addChildren([settingsSection]),
  ]),
]);

/** Which address shows which screen. */
export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  defaultErrorComponent: FaultPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Lets the person sign in above the page, which stays as it is; where there is none yet, on the page for that. */
function endSignIn(): Promise<void> | undefined {
  if (showSignInEnd(queryClient)) return untilSignedIn();
  queryClient.clear();
  const { href, pathname } = router.state.location;
  if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href } });
  return undefined;
}

whenSignedOut(() => void endSignIn());
resumeBy({ ask: endSignIn, pending: () => (signInEnd.get() === undefined ? undefined : untilSignedIn()) });
