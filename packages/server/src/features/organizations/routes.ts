import * as contract from '@gatehouse/contract/organizations';
import { acknowledge, type CodedFields } from '@gatehouse/contract/messages/answer-fields';
import type { PlainCode } from '@gatehouse/contract/messages/message';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../kernel/http/serve.ts';
import type { Organizations } from './service.ts';

/** The routes of contract section 4. */
export function addOrganizationRoutes(app: FastifyInstance, organizations: Organizations): void {
  serve(app, contract.listOrganizations, ({ caller }) => organizations.list(caller));
  serve(app, contract.createOrganization, ({ caller, body }) => organizations.create(caller, body));
  serve(app, contract.getOrganization, ({ caller, params }) => organizations.get(caller, params.id));
  serve(app, contract.updateOrganization, ({ caller, params, body }) => organizations.update(caller, params.id, body));
  serve(app, contract.deleteOrganization, async ({ caller, params }) => {
    await organizations.remove(caller, params.id);
    return { success: true as const };
  });
  serve(app, contract.handOverOrganization, ({ caller, params, body }) =>
    organizations.handOver(caller, params.id, body.accountId),
  );
  addMemberRoutes(app, organizations);
}

function addMemberRoutes(app: FastifyInstance, organizations: Organizations): void {
  serve(app, contract.listMembers, ({ caller, params }) => organizations.members(caller, params.id));
  serve(app, contract.inviteMember, async ({ caller, params, body }) => {
    await organizations.invite(caller, params.id, body.username);
    return done('invitation_sent');
  });
  serve(app, contract.removeMember, async ({ caller, params }) => {
    await organizations.removeMember(caller, params.id, params.accountId);
    return done('member_removed');
  });
  serve(app, contract.listInvitations, ({ caller }) => organizations.invitations(caller));
  serve(app, contract.respondToInvitation, async ({ caller, params, body }) => {
    await organizations.respond(caller, params.organizationId, body.accept);
    return done(body.accept ? 'invitation_accepted' : 'invitation_declined');
  });
  serve(app, contract.leaveOrganization, async ({ caller, params }) => {
    await organizations.leave(caller, params.id);
    return done('organization_left');
  });
  serve(app, contract.getMemberPermissions, async ({ caller, params }) => ({
    permissions: await organizations.permissions(caller, params.id, params.accountId),
  }));
  serve(app, contract.setMemberPermissions, async ({ caller, params, body }) => ({
    permissions: await organizations.setPermissions(caller, params.id, params.accountId, body.permissions),
  }));
}

function done(code: PlainCode): { success: true } & CodedFields<'message'> {
  return { success: true, ...acknowledge(code) };
}
