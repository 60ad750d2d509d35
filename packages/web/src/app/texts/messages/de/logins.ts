import type { logins as rows } from '@gatehouse/contract/messages/logins';

/** What is asked for a login, and what it lacks. */
export const logins: Readonly<Record<keyof typeof rows, string>> = {
  login_works: 'Die Anmeldung gelingt ({{method}}).',
  login_called_off: 'Die Anmeldung wurde abgebrochen.',
  login_stopped: 'Die Anmeldung wurde abgebrochen, bevor sie fertig war.',
  question_unanswered_in_time: 'Die Frage wurde nicht rechtzeitig beantwortet.',
  question_unanswered: 'Eine Frage der Anmeldung wurde nicht beantwortet.',
  no_identity: '„{{server}}“ hat keine Identität, die Sie verwenden können. Verknüpfen Sie eine, oder wählen Sie eine.',
  identity_lacks: 'Der Identität „{{identity}}“ fehlt {{what}}.',
  lacks_username: 'ein Benutzername',
  lacks_password: 'ein Passwort',
  lacks_key: 'ein privater Schlüssel',
  lacks_readable_key: 'ein lesbarer privater Schlüssel',
  lacks_passphrase: 'die Passphrase des privaten Schlüssels',
  direct_identity_empty: 'Es fehlt ein Passwort oder ein Schlüssel.',
  ask_title: 'Anmelden an {{server}}',
  ask_username: 'Benutzername',
  ask_password: 'Passwort',
  ask_passphrase: 'Passphrase des Schlüssels „{{identity}}“',
  ask_no_username: '„{{identity}}“ hat keinen Benutzernamen.',
  ask_no_password: '„{{identity}}“ hat kein Passwort.',
  ask_password_refused: 'Der Server hat das Passwort von „{{identity}}“ abgelehnt.',
  ask_as_username: 'Als {{username}}.',
  ask_no_identity: 'Für diesen Server ist keine gespeicherte Identität verfügbar.',
  ask_key_locked: 'Der Schlüssel ist verschlüsselt, und es ist keine Passphrase gespeichert, die ihn öffnet.',
  ask_passphrase_wrong: 'Diese Passphrase öffnet den Schlüssel nicht.',
};
