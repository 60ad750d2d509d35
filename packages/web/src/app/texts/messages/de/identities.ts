import type { identities as rows } from '@gatehouse/contract/messages/identities';

/** Identities and private keys, with the warnings about them. */
export const identities: Readonly<Record<keyof typeof rows, string>> = {
  identity_change_denied: 'Sie dürfen die Identitäten dieser Organisation verwenden, nicht ändern.',
  identity_creation_denied: 'Sie dürfen die Identitäten dieser Organisation verwenden, aber keine hinzufügen.',
  identity_move_denied: 'Nur wem eine persönliche Identität gehört, kann sie verschieben.',
  not_a_member: 'Sie sind kein Mitglied einer solchen Organisation.',
  identity_changed: 'Die Identität wurde geändert, seit Sie sie gelesen haben.',
  identity_keeps_changing: 'Die Identität wird gerade von anderen Anfragen geändert; versuchen Sie es noch einmal.',
  identity_changed_meanwhile: 'Die Identität wurde gleichzeitig geändert; versuchen Sie es noch einmal.',
  secret_not_stored: 'Eine Identität der Art {{type}} speichert dieses Geheimnis nicht; es wurde verworfen.',
  password_missing: 'Die Art {{type}} meldet sich mit einem Passwort an.',
  key_missing: 'Die Art {{type}} meldet sich mit einem privaten Schlüssel an.',
  secret_too_large: 'Ein Geheimnis hat höchstens {{most}} Bytes.',
  secret_unreadable: 'Das Gespeicherte lässt sich nicht öffnen ({{field}}).',
  key_unreadable:
    'Das ist kein lesbarer privater Schlüssel: nicht im Format von OpenSSH, PEM oder PuTTY, abgeschnitten oder beschädigt.',
  key_is_public: 'Das ist ein öffentlicher Schlüssel oder ein Zertifikat. Gebraucht wird der private Schlüssel.',
  key_locked: 'Der Schlüssel ist verschlüsselt und braucht seine Passphrase.',
  passphrase_wrong: 'Die Passphrase öffnet den Schlüssel nicht.',
  passphrase_not_needed: 'Der Schlüssel ist nicht verschlüsselt; die Passphrase wird nicht gebraucht.',
  key_algorithm_unsupported:
    'Schlüssel mit diesem Algorithmus werden nicht unterstützt. Verwenden Sie Ed25519, ECDSA auf P-256, P-384 oder P-521, oder RSA.',
  key_encryption_unsupported:
    'So, wie der Schlüssel verschlüsselt ist, lässt er sich nicht lesen. Setzen Sie seine Passphrase mit einem aktuellen ssh-keygen oder PuTTYgen neu.',
  key_too_weak: 'Der RSA-Schlüssel ist kürzer als 2048 Bit. Ersetzen Sie ihn.',
  key_kdf_too_expensive:
    'Den Schlüssel zu öffnen ist zu aufwendig. Setzen Sie seine Passphrase mit weniger Runden (ssh-keygen -p -a 24) oder weniger Speicher neu.',
  key_unusable: 'Der private Schlüssel kann nicht verwendet werden. {{reasons}}',
  keys_too_many: 'Zurzeit werden zu viele private Schlüssel geöffnet. Versuchen Sie es gleich wieder.',
  key_generations_too_many: 'Zurzeit werden zu viele Schlüssel erzeugt. Versuchen Sie es gleich wieder.',
  key_generations_used_up:
    'Sie können {{count}} Schlüssel dieser Größe gleichzeitig erzeugen. Warten Sie, bis einer fertig ist.',
};
