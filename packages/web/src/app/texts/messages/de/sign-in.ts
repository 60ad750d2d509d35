import type { signIn as rows } from '@gatehouse/contract/messages/sign-in';

/** Signing in, accounts, and what a credential may do. */
export const signIn: Readonly<Record<keyof typeof rows, string>> = {
  authorization_missing: 'Der Kopf Authorization fehlt: senden Sie „Authorization: Bearer TOKEN“.',
  authorization_malformed: 'Der Kopf Authorization muss „Bearer TOKEN“ lauten.',
  session_cookies_several: 'Es gibt mehr als ein Cookie der Anmeldung. Melden Sie sich neu an.',
  session_cookie_malformed: 'Das Sitzungscookie ist fehlerhaft. Melden Sie sich neu an.',
  token_unknown: 'Die Anmeldung ist abgelaufen oder unbekannt. Melden Sie sich neu an.',
  sign_in_ended: 'Die Anmeldung ist beendet.',
  scope_missing: 'Diesem API-Schlüssel fehlt der Bereich {{scope}}.',
  sign_in_required: 'Ein API-Schlüssel kann das nicht; melden Sie sich dafür an.',
  credentials_wrong: 'Benutzername oder Passwort ist falsch.',
  wrong_passwords_too_many: 'Zu viele falsche Passwörter. Warten Sie, bevor Sie es wieder versuchen.',
  sign_ins_too_many: 'Zu viele Anmeldungen auf einmal. Versuchen Sie es in einigen Sekunden wieder.',
  current_password_wrong: 'Das jetzige Passwort ist falsch.',
  current_password_missing: 'Das jetzige Passwort fehlt.',
  own_password_needs_current: 'Ändern Sie Ihr eigenes Passwort mit dem jetzigen.',
  account_changed_meanwhile: 'Das Konto wurde gleichzeitig geändert. Versuchen Sie es noch einmal.',
  setup_token_required:
    'Das erste Konto braucht den Einrichtungscode: Die Konsole zeigt ihn in einem Link, und die Datei setup-token in DATA_DIR enthält ihn.',
  username_taken: 'Der Benutzername {{username}} ist vergeben.',
  registration_closed:
    'Die Selbstregistrierung ist auf diesem Server deaktiviert. Bitten Sie einen Administrator um ein Konto.',
  account_owns_organization: 'Dem Konto gehört die Organisation {{organization}}: Übertragen Sie sie zuerst.',
  api_key_changes_no_administrator:
    'Ein API-Schlüssel kann keine Administratorrechte ändern; melden Sie sich dafür an.',
  last_administrator: 'Das ist der letzte Administrator: Geben Sie zuerst einem anderen Konto Administratorrechte.',
};
