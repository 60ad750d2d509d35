import type { authentication as rows } from '@gatehouse/contract/messages/authentication';

/** Steps of a login: authentication and channel. */
export const authentication: Readonly<Record<keyof typeof rows, string>> = {
  auth_none: 'Der Server verlangt keine Authentifizierung (Methode none).',
  auth_key: 'Mit dem Schlüssel {{fingerprint}} angemeldet.',
  auth_password: 'Mit dem Passwort angemeldet.',
  auth_answers: 'Mit Antworten auf die Fragen des Servers angemeldet.',
  auth_partial: '{{succeeded}} Der Server verlangt einen weiteren Faktor.',
  auth_key_missing: 'Die Identität hat keinen privaten Schlüssel mehr.',
  auth_key_missing_hint: 'Speichern Sie den privaten Schlüssel erneut.',
  auth_password_missing: 'Die Identität hat kein Passwort mehr.',
  auth_password_missing_hint: 'Speichern Sie das Passwort erneut.',
  identity_incomplete_hint:
    'Vervollständigen Sie die Identität. Zu einem verschlüsselten Schlüssel gehört seine Passphrase.',
  secret_unreadable_hint:
    'Das gespeicherte Geheimnis lässt sich nicht öffnen. Speichern Sie es neu. Der Betreiber dieses Gateways kann alle gespeicherten Daten mit diesem Befehl prüfen: npm start -- verify',
  auth_late: 'Der Server hat auf die Anmeldung nicht rechtzeitig geantwortet.',
  auth_banner: 'Der Server meldet: {{text}}',
  auth_waiting: 'Auf die Antwort des Servers wird gewartet.',
  auth_ended: 'Der Server hat die Verbindung während der Anmeldung beendet: {{why}}',
  auth_ended_hint: 'Das tun Server nach zu vielen Versuchen, oder wenn sich das Konto von hier nicht anmelden darf.',
  auth_ended_said_hint: 'Der Server nannte vorher einen Grund: „{{text}}“',
  account_expired_hint:
    'Der Server sagt, dass das Konto abgelaufen ist. Sein Administrator kann es verlängern (unter Linux: chage --expiredate).',
  key_refused_after_asking: 'Der Server kennt den Schlüssel {{fingerprint}}, hat die Anmeldung damit aber abgelehnt.',
  key_refused_after_asking_hint:
    'Das Konto {{username}} ist vielleicht gesperrt, oder seine authorized_keys schränken den Schlüssel ein (from=, expiry-time=).',
  key_refused: 'Der Server hat den Schlüssel {{fingerprint}} für {{username}} abgelehnt.',
  key_refused_hint:
    'Prüfen Sie den Benutzernamen, oder fügen Sie auf dem Server diese Zeile zu ~/.ssh/authorized_keys von {{username}} hinzu:',
  key_without_algorithm:
    'Der Server nimmt kein Signaturverfahren an, das der Schlüssel {{fingerprint}} ({{algorithm}}) verwenden darf.',
  key_without_algorithm_hint:
    'Nehmen Sie einen Ed25519-Schlüssel, oder aktualisieren Sie den Server. Bis dahin lässt sich RSA mit SHA-1 für ihn erlauben.',
  password_refused: 'Der Server hat das Passwort für {{username}} abgelehnt.',
  password_refused_hint:
    'Prüfen Sie Benutzernamen und Passwort. Das Konto kann auch gesperrt sein oder sich nicht mit Passwort anmelden dürfen.',
  answers_refused: 'Der Server hat die Antworten für {{username}} abgelehnt.',
  answers_refused_hint: 'Prüfen Sie Benutzernamen, Passwort und Code.',
  password_expired: 'Das Passwort ist abgelaufen.',
  password_expired_hint: 'Ändern Sie es auf dem Server, dann speichern Sie das neue.',
  password_change_hint:
    'Der Server verlangt ein neues Passwort. Melden Sie sich in einem Terminal an, um es zu wählen, und speichern Sie es dann in der Identität.',
  questions_too_many: 'Der Server hat mehr gefragt, als eine Anmeldung brauchen kann.',
  questions_too_many_hint: 'Das ist vielleicht nicht der Server, für den Sie ihn halten. Es wurde nichts beantwortet.',
  login_unattended: 'Der Server fragte „{{questions}}“, und diese Anmeldung ist unbeaufsichtigt.',
  login_unattended_hint:
    'Melden Sie sich in einem Terminal an, oder nehmen Sie für Anmeldungen ohne Aufsicht einen Schlüssel.',
  password_asked_hint: 'Speichern Sie in der Identität ein Passwort, oder melden Sie sich in einem Terminal an.',
  nothing_to_offer: 'Der Server erlaubt {{username}} {{methods}}, und es ist keine weitere Methode verfügbar.',
  nothing_to_offer_unchecked:
    'Der Server erlaubt {{username}} {{methods}}, und es ist keine weitere Methode verfügbar. An einen Host, dessen Schlüssel nicht geprüft wird, wird nie ein Passwort gesendet.',
  methods_some: '{{names}}',
  methods_none: 'keine Methode',
  pin_or_key_hint: 'Hinterlegen Sie den Hostschlüssel, oder nehmen Sie einen Schlüssel.',
  identity_empty_hint: 'Die Identität hat weder Schlüssel noch Passwort: vervollständigen Sie sie.',
  store_key_hint:
    'Speichern Sie in der Identität einen Schlüssel, und seine öffentliche Hälfte auf dem Server in authorized_keys.',
  store_password_hint:
    'Speichern Sie in der Identität ein Passwort, oder lassen Sie den Server öffentliche Schlüssel erlauben (PubkeyAuthentication).',
  way_too_long: 'Die Route hat mehr als {{most}} Jump-Hosts.',
  way_too_long_hint: 'Verkürzen Sie die Kette der Jump-Hosts.',
  channel_open: 'Die Sitzung ist offen.',
  channel_refused: 'Der Server hat keine Sitzung geöffnet: {{why}}',
  channel_refused_hint:
    'Der Server öffnet keine Sitzung oder keine weitere auf dieser Verbindung (MaxSessions in sshd_config).',
  terminal_refused: 'Der Server verweigert dieser Anmeldung ein Terminal.',
  terminal_refused_hint:
    'PermitTTY in sshd_config oder no-pty in authorized_keys verbietet es. Befehle ohne Terminal (exec) sind vielleicht möglich.',
  program_refused: 'Der Server weigerte sich, die Shell oder den Befehl zu starten.',
  program_refused_hint:
    'Vielleicht ist das Konto auf anderes beschränkt, zum Beispiel SFTP, oder der Server erlaubt nur Terminals oder nur Befehle.',
  password_change_required: 'Der Server hat den Befehl nicht ausgeführt: Zuerst muss das Passwort geändert werden.',
  gateway_fault: 'Interner Fehler in diesem Gateway.',
  logged_in: 'Angemeldet.',
  host_keys_found: '{{count}} Hostschlüssel',
};
