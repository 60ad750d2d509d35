import type { organizations as rows } from '@gatehouse/contract/messages/organizations';

/** Organizations and their members. */
export const organizations: Readonly<Record<keyof typeof rows, string>> = {
  owner_has_every_permission: 'Der Eigentümer hat alle Berechtigungen.',
  organization_owner_required: 'Das darf nur der Eigentümer der Organisation.',
  invite_denied: 'Sie dürfen niemanden in diese Organisation einladen.',
  username_unknown: 'Niemand hier hat diesen Benutzernamen.',
  member_already: '{{username}} ist schon Mitglied.',
  invited_already: '{{username}} ist schon eingeladen.',
  organization_deletion_denied: 'Nur ihr Eigentümer darf eine Organisation löschen.',
  organization_change_denied: 'Sie dürfen diese Organisation nicht ändern.',
  host_key_policy_denied: 'Sie dürfen ihre Regel für Hostschlüssel nicht wählen.',
  default_identity_denied: 'Sie dürfen ihre Standardidentität nicht wählen.',
  member_removal_denied: 'Sie dürfen keine Mitglieder dieser Organisation entfernen.',
  owner_not_removable: 'Der Eigentümer kann nicht entfernt werden.',
  owner_cannot_leave: 'Der Eigentümer kann nicht austreten: übergeben Sie die Organisation oder löschen Sie sie.',
};
