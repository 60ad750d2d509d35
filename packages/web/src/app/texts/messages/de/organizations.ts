import type { organizations as rows } from '@gatehouse/contract/messages/organizations';

/** Organizations and their members. */
export const organizations: Readonly<Record<keyof typeof rows, string>> = {
  owner_has_every_permission: 'Der Eigentümer hat alle Berechtigungen.',
  organization_owner_required: 'Das darf nur der Eigentümer der Organisation.',
  invite_denied: 'Sie dürfen keine Mitglieder in diese Organisation einladen.',
  username_unknown: 'Kein Konto hat diesen Benutzernamen.',
  member_already: '{{username}} ist schon Mitglied.',
  invited_already: '{{username}} ist schon eingeladen.',
  organization_deletion_denied: 'Nur ihr Eigentümer darf eine Organisation löschen.',
  organization_change_denied: 'Sie dürfen diese Organisation nicht ändern.',
  host_key_policy_denied: 'Sie dürfen die Hostschlüssel-Regel dieser Organisation nicht festlegen.',
  default_identity_denied: 'Sie dürfen die Standardidentität dieser Organisation nicht festlegen.',
  member_removal_denied: 'Sie dürfen keine Mitglieder dieser Organisation entfernen.',
  owner_not_removable: 'Der Eigentümer kann nicht entfernt werden.',
  owner_cannot_leave:
    'Der Besitzer kann nicht austreten: Übertragen Sie den Besitz, oder löschen Sie die Organisation.',
};
