import { generateKey } from '@gatehouse/contract/generated-keys';
import {
  createIdentity,
  deleteIdentity,
  getIdentity,
  identityUsage,
  listIdentities,
  moveIdentity,
  testIdentity,
  updateIdentity,
  type ListIdentitiesQuery,
  type Warning,
} from '@gatehouse/contract/identities';
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
import type { FastifyInstance } from 'fastify';
import { entityTag, ifMatchOf } from '../../kernel/http/entity-tag.ts';
import { serve } from '../../kernel/http/serve.ts';
import { handlingOf, type Handling } from './prefer.ts';
import type { Identities } from './service.ts';

/** Adds `/api/identity`. */
export function addIdentityRoutes(app: FastifyInstance, identities: Identities): void {
  addReading(app, identities);
  addWriting(app, identities);

  serve(app, testIdentity, async ({ caller, params, body }) => {
    const { steps, ...result } = await identities.test(caller, params.identityId, body.entryId);
    return { ...result, steps: [...steps] };
  });
  serve(app, generateKey, ({ caller, body }) => identities.generateKey(caller, body));
}

function addReading(app: FastifyInstance, identities: Identities): void {
  serve(app, listIdentities, async ({ caller, query, setHeader }) => {
    const { answer, next } = await identities.list(caller, query);
    if (next !== undefined) setHeader('link', `<${pageUrl(query, next)}>; rel="next"`);
    return answer;
  });
  serve(app, getIdentity, async ({ caller, params, setHeader }) => {
    const { identity, version } = await identities.get(caller, params.identityId);
    setHeader('etag', entityTag(version));
    return identity;
  });
  serve(app, identityUsage, ({ caller, params }) => identities.usage(caller, params.identityId));
}

function addWriting(app: FastifyInstance, identities: Identities): void {
  serve(app, createIdentity, async ({ caller, body, headers, setHeader }) => {
    const handling = applyHandling(headers['prefer'], setHeader);
    const { id, warnings } = await identities.withDraft(body, (draft) =>
      identities.create(caller, { ...draft, name: body.name, type: body.type }, handling),
    );
    return { id, ...acknowledge('identity_created'), ...withWarnings(warnings) };
  });
  serve(app, updateIdentity, async ({ caller, params, body, headers, setHeader }) => {
    const handling = applyHandling(headers['prefer'], setHeader);
    const ifMatch = ifMatchOf(headers['if-match']);
    const { version, warnings } = await identities.withDraft(body, (draft) =>
      identities.update(caller, { id: params.identityId, draft, handling, ifMatch }),
    );
    setHeader('etag', entityTag(version));
    return { ...acknowledge('identity_updated'), ...withWarnings(warnings) };
  });
  serve(app, deleteIdentity, async ({ caller, params, headers }) => {
    await identities.remove(caller, params.identityId, ifMatchOf(headers['if-match']));
    return acknowledge('identity_deleted');
  });
  serve(app, moveIdentity, async ({ caller, params, body }) => {
    const identity = await identities.move(caller, params.identityId, body.organizationId);
    return { ...acknowledge('identity_moved'), identity };
  });
}

/** Names the applied preference in the answer, refusals included (RFC 7240 section 3). */
function applyHandling(
  prefer: string | string[] | undefined,
  setHeader: (name: string, value: string) => void,
): Handling {
  const handling = handlingOf(prefer);
  if (handling !== undefined) setHeader('preference-applied', `handling=${handling}`);
  return handling ?? 'lenient';
}

function withWarnings(warnings: Warning[]): { warnings?: Warning[] } {
  return warnings.length === 0 ? {} : { warnings };
}

function pageUrl(query: ListIdentitiesQuery, cursor: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, cursor })) search.set(name, String(value));
  return `${listIdentities.path}?${search.toString()}`;
}
