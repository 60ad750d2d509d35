import type { MessageRows } from './row.ts';

/** Organizations and their members. */
export const organizations = {
  owner_has_every_permission: { error: 'forbidden', en: 'The owner has every permission.' },
  organization_owner_required: { error: 'forbidden', en: 'Only the owner of the organization may do this.' },
  invite_denied: { error: 'forbidden', en: 'You may not invite members to this organization.' },
  username_unknown: { error: 'not_found', en: 'No account has this username.' },
  member_already: { error: 'conflict', en: '{{username}} is a member already.', params: { username: 'text' } },
  invited_already: { error: 'conflict', en: '{{username}} is invited already.', params: { username: 'text' } },
  organization_deletion_denied: { error: 'forbidden', en: 'Only its owner may delete an organization.' },
  organization_change_denied: { error: 'forbidden', en: 'You may not change this organization.' },
  host_key_policy_denied: { error: 'forbidden', en: 'You may not set the host-key policy of this organization.' },
  default_identity_denied: { error: 'forbidden', en: 'You may not set the default identity of this organization.' },
  member_removal_denied: { error: 'forbidden', en: 'You may not remove members of this organization.' },
  owner_not_removable: { error: 'forbidden', en: 'The owner cannot be removed.' },
  owner_cannot_leave: {
    error: 'forbidden',
    en: 'The owner cannot leave: transfer ownership or delete the organization.',
  },
} as const satisfies MessageRows;
