import type { Sentences } from '../../../lib/sentences.ts';

/** Why something was not done, other than a login. */
export const requests: Sentences = {
  'The request is not valid.': 'Die Anfrage ist nicht gültig.',
  'The request is not valid: {{fault}}': 'Die Anfrage ist nicht gültig: {{fault}}',
  'The request could not be read.': 'Die Anfrage konnte nicht gelesen werden.',
  'The request body is larger than {{size}} KiB.': 'Die Anfrage ist größer als {{size}} KiB.',
  'The request body has more than {{number}} values.': 'Die Anfrage hat mehr als {{number}} Werte.',
  'The header Idempotency-Key must be 1 to 255 visible ASCII characters.':
    'Der Kopf Idempotency-Key muss aus 1 bis 255 sichtbaren ASCII-Zeichen bestehen.',
  'This Idempotency-Key was used for another request.': 'Dieser Idempotency-Key gehört zu einer anderen Anfrage.',
  'The request with this Idempotency-Key is still running, or was interrupted and its outcome is unknown.':
    'Die Anfrage mit diesem Idempotency-Key läuft noch, oder sie wurde unterbrochen und ihr Ausgang ist unbekannt.',
  'The request with this Idempotency-Key was done; its answer was not kept.':
    'Die Anfrage mit diesem Idempotency-Key wurde ausgeführt; ihre Antwort wurde nicht aufbewahrt.',
  'An account can send at most {{number}} requests with an Idempotency-Key in 24 hours.':
    'Ein Konto kann in 24 Stunden höchstens {{number}} Anfragen mit einem Idempotency-Key senden.',
  'The request body must be JSON (content-type: application/json).':
    'Die Anfrage muss JSON sein (content-type: application/json).',
  'The request body must not be compressed.': 'Die Anfrage darf nicht komprimiert sein.',
  'The request body is not well-formed JSON.': 'Die Anfrage ist kein gültiges JSON.',
  'The request body is nested too deeply.': 'Die Anfrage ist zu tief verschachtelt.',
  'The content-length does not match the request body.': 'Die Länge der Anfrage stimmt nicht.',
  'The request headers are too large.': 'Der Kopf der Anfrage ist zu groß.',
  'The request took too long to arrive.': 'Die Anfrage kam zu langsam an.',
  'The request is not well-formed HTTP.': 'Die Anfrage ist kein gültiges HTTP.',
  'This address takes {{methods}}.': 'Diese Adresse versteht {{methods}}.',
  'This address is a WebSocket.': 'Diese Adresse ist ein WebSocket.',
  'Offer the subprotocols {{subprotocol}} and ticket.<ticket>.':
    'Bieten Sie die Unterprotokolle {{subprotocol}} und ticket.<ticket> an.',
  'Something went wrong here; the request id helps the administrator to find it.':
    'Hier ging etwas schief; die Nummer der Anfrage hilft dem Administrator, es zu finden.',
  'There is nothing here that you can see.': 'Hier ist nichts, das Sie sehen können.',
  'The audit log cannot be written, so nothing was done.':
    'Das Protokoll kann nicht geschrieben werden; deshalb wurde nichts getan.',
  'The server is stopping.': 'Der Server wird angehalten.',

  'The Authorization header is missing: send "Authorization: Bearer TOKEN".':
    'Der Kopf Authorization fehlt: senden Sie „Authorization: Bearer TOKEN“.',
  'The Authorization header must read "Bearer TOKEN".': 'Der Kopf Authorization muss „Bearer TOKEN“ lauten.',
  'There is more than one session cookie. Sign in again.':
    'Es gibt mehr als ein Cookie der Anmeldung. Melden Sie sich neu an.',
  'The session cookie is none. Sign in again.': 'Das Cookie der Anmeldung ist keines. Melden Sie sich neu an.',
  'The token is unknown or has ended. Sign in again.': 'Die Anmeldung ist beendet. Melden Sie sich neu an.',
  'The sign-in has ended.': 'Die Anmeldung ist beendet.',
  'This API key lacks the scope {{scope}}.': 'Diesem API-Schlüssel fehlt der Bereich {{scope}}.',
  'An API key cannot do that; sign in instead.': 'Ein API-Schlüssel kann das nicht; melden Sie sich dafür an.',
  'A browser may send this request from pages of this server only; PUBLIC_URL, if it is set, is the only address of these pages.':
    'Ein Browser darf diese Anfrage nur von Seiten dieses Servers senden; ist PUBLIC_URL gesetzt, ist das die einzige Adresse dieser Seiten.',
  'The metrics need METRICS_TOKEN as bearer token.': 'Die Metriken verlangen METRICS_TOKEN als Bearer-Token.',
  'The username or the password is wrong.': 'Benutzername oder Passwort ist falsch.',
  'Too many wrong passwords. Wait before you try again.':
    'Zu viele falsche Passwörter. Warten Sie, bevor Sie es wieder versuchen.',
  'Too many sign-ins at once. Try again in a few seconds.':
    'Zu viele Anmeldungen auf einmal. Versuchen Sie es in einigen Sekunden wieder.',
  'The current password is wrong.': 'Das jetzige Passwort ist falsch.',
  'The current password is missing (currentPassword).': 'Das jetzige Passwort fehlt.',
  'Change your own password with your current one.': 'Ändern Sie Ihr eigenes Passwort mit dem jetzigen.',
  'The account was changed meanwhile. Try again.': 'Das Konto wurde inzwischen geändert. Versuchen Sie es noch einmal.',
  'A quota is reached: {{setting}} is {{limit}}.': 'Ein Kontingent ist erschöpft: {{setting}} ist {{limit}}.',
  'The first account needs the set-up token (setupToken): the console shows it in a link, and the file setup-token in DATA_DIR has it.':
    'Das erste Konto braucht den Einrichtungscode: Die Konsole zeigt ihn in einem Link, und die Datei setup-token in DATA_DIR enthält ihn.',
  'The username {{username}} is taken.': 'Der Benutzername {{username}} ist vergeben.',
  'This server does not let people make accounts for themselves. Ask its administrator.':
    'Auf diesem Server legt man sich nicht selbst ein Konto an. Fragen Sie seinen Administrator.',
  'Only an administrator of this server may do that.': 'Das darf nur ein Administrator dieses Servers.',
  'The account owns the organization {{organization}}: hand it over first.':
    'Das Konto besitzt die Organisation {{organization}}: übergeben Sie sie erst.',
  'An API key cannot change who is an administrator; sign in instead.':
    'Ein API-Schlüssel kann nicht ändern, wer Administrator ist; melden Sie sich dafür an.',
  'This is the last administrator: make another one first.':
    'Das ist der letzte Administrator: bestimmen Sie erst einen anderen.',

  'The owner has every permission.': 'Der Besitzer hat jedes Recht.',
  'Only the owner of the organization may do that.': 'Das darf nur der Besitzer der Organisation.',
  'You may not invite anybody into this organization.': 'Sie dürfen niemanden in diese Organisation einladen.',
  'Nobody here has this username.': 'Niemand hier hat diesen Benutzernamen.',
  '{{username}} is a member already.': '{{username}} ist schon Mitglied.',
  '{{username}} is invited already.': '{{username}} ist schon eingeladen.',
  'Only its owner may delete an organization.': 'Nur ihr Besitzer darf eine Organisation löschen.',
  'You may not change this organization.': 'Sie dürfen diese Organisation nicht ändern.',
  'You may not choose its host-key policy.': 'Sie dürfen ihre Regel für Hostschlüssel nicht wählen.',
  'You may not choose its default identity.': 'Sie dürfen ihre Standardidentität nicht wählen.',
  'You may not remove members of this organization.': 'Sie dürfen keine Mitglieder dieser Organisation entfernen.',
  'The owner cannot be removed.': 'Der Besitzer kann nicht entfernt werden.',
  'The owner cannot leave: hand the organization over or delete it.':
    'Der Besitzer kann nicht austreten: übergeben Sie die Organisation oder löschen Sie sie.',

  'You may use the identities of this organization, not change them.':
    'Sie dürfen die Identitäten dieser Organisation benutzen, nicht ändern.',
  'You may use the identities of this organization, not add to them.':
    'Sie dürfen die Identitäten dieser Organisation benutzen, aber keine hinzufügen.',
  'Only the owner of a personal identity can move it.':
    'Nur wem eine persönliche Identität gehört, kann sie verschieben.',
  'You are not an active member of such an organization.': 'Sie sind kein Mitglied einer solchen Organisation.',
  'The identity was changed since you read it.': 'Die Identität wurde geändert, seit Sie sie gelesen haben.',
  'The identity keeps being changed by others; try again.':
    'Die Identität wird ständig von anderen geändert; versuchen Sie es noch einmal.',
  'The identity was changed at the same time; try again.':
    'Die Identität wurde gleichzeitig geändert; versuchen Sie es noch einmal.',
  'An identity of type {{type}} has no place for this secret; it was not stored.':
    'Eine Identität der Art {{type}} hat keinen Platz für dieses Geheimnis; es wurde nicht gespeichert.',
  'Type {{type}} logs in with a password.': 'Die Art {{type}} meldet sich mit einem Passwort an.',
  'Type {{type}} logs in with a private key.': 'Die Art {{type}} meldet sich mit einem privaten Schlüssel an.',
  'A secret has at most {{most}} bytes.': 'Ein Geheimnis hat höchstens {{most}} Bytes.',
  'The stored {{field}} cannot be opened.': 'Das Gespeicherte lässt sich nicht öffnen ({{field}}).',
  'This is not a private key that can be read: not OpenSSH, PEM or PuTTY format, cut off, or damaged.':
    'Das ist kein lesbarer privater Schlüssel: nicht im Format von OpenSSH, PEM oder PuTTY, abgeschnitten oder beschädigt.',
  'This is a public key or a certificate. The private key is needed.':
    'Das ist ein öffentlicher Schlüssel oder ein Zertifikat. Gebraucht wird der private Schlüssel.',
  'The key is encrypted and needs its passphrase.': 'Der Schlüssel ist verschlüsselt und braucht seine Passphrase.',
  'The passphrase does not open the key.': 'Die Passphrase öffnet den Schlüssel nicht.',
  'The key is not encrypted; the passphrase is not used.':
    'Der Schlüssel ist nicht verschlüsselt; die Passphrase wird nicht gebraucht.',
  'Keys of this algorithm cannot be used. Use Ed25519, ECDSA on P-256, P-384 or P-521, or RSA.':
    'Schlüssel dieses Verfahrens gehen nicht. Nehmen Sie Ed25519, ECDSA auf P-256, P-384 oder P-521, oder RSA.',
  'The key is encrypted in a way that cannot be read. Set its passphrase again with a current ssh-keygen or PuTTYgen.':
    'So, wie der Schlüssel verschlüsselt ist, lässt er sich nicht lesen. Setzen Sie seine Passphrase mit einem aktuellen ssh-keygen oder PuTTYgen neu.',
  'The RSA key is shorter than 2048 bits. Replace it.': 'Der RSA-Schlüssel ist kürzer als 2048 Bit. Ersetzen Sie ihn.',
  'Opening the key takes too much work. Set its passphrase again with fewer rounds (ssh-keygen -p -a 24) or less memory.':
    'Den Schlüssel zu öffnen ist zu aufwendig. Setzen Sie seine Passphrase mit weniger Runden (ssh-keygen -p -a 24) oder weniger Speicher neu.',
  'The private key cannot be used. {{reasons}}': 'Der private Schlüssel kann nicht benutzt werden. {{reasons}}',
  'An Ed25519 key has 256 bits.': 'Ein Ed25519-Schlüssel hat 256 Bit.',
  'An ECDSA key has 256, 384 or 521 bits.': 'Ein ECDSA-Schlüssel hat 256, 384 oder 521 Bit.',
  'An RSA key has 2048 to 8192 bits, in steps of 8.': 'Ein RSA-Schlüssel hat 2048 bis 8192 Bit, in Schritten von 8.',
  'Too many private keys are being opened at the moment. Try again shortly.':
    'Zurzeit werden zu viele private Schlüssel geöffnet. Versuchen Sie es gleich wieder.',

  'Only those who manage this identity may confirm where it is used.':
    'Nur wer diese Identität verwaltet, darf bestätigen, wo sie benutzt wird.',
  'The server was changed again. Look at it once more before you confirm.':
    'Der Server wurde noch einmal geändert. Sehen Sie ihn sich wieder an, bevor Sie bestätigen.',
  'You may not put servers or folders into this organization.':
    'Sie dürfen keine Server oder Ordner in diese Organisation legen.',
  'You may not change the servers and folders of this organization.':
    'Sie dürfen die Server und Ordner dieser Organisation nicht ändern.',
  'You may not replace the host key of this server.': 'Sie dürfen den Hostschlüssel dieses Servers nicht ersetzen.',
  'The host key of “{{name}}” is not known.': 'Der Hostschlüssel von „{{name}}“ ist nicht bekannt.',
  'The host key of “{{name}}” is not the one that is pinned.':
    'Der Hostschlüssel von „{{name}}“ ist nicht der bekannte.',
  'Only those who manage the identities of this owner may set its default identities.':
    'Standardidentitäten setzt nur, wer die Identitäten dieses Besitzers verwaltet.',
  'You have {{count}} of these sockets open, which is the limit.':
    'Sie haben {{count}} dieser Verbindungen offen; mehr gehen nicht.',
  'This API key may read none of the lists that are told of here.':
    'Dieser API-Schlüssel darf keine der Listen lesen, von denen hier berichtet wird.',

  'Line {{line}} could not be read.': 'Zeile {{line}} konnte nicht gelesen werden.',
  'Line {{line}}: Include {{files}} was not followed; import that file as well.':
    'Zeile {{line}}: Include {{files}} wurde nicht befolgt; importieren Sie auch diese Datei.',
  '{{name}}: ProxyCommand was left out; name a jump host instead.':
    '{{name}}: ProxyCommand wurde weggelassen; nennen Sie stattdessen einen Sprunghost.',
  'Logged in with {{files}}; store the key as an identity.':
    'Bisher angemeldet mit {{files}}; speichern Sie den Schlüssel als Identität.',
  'is a pattern, not a server': 'ist ein Muster, kein Server',
  'Match blocks are not imported': 'Match-Blöcke werden nicht importiert',
  'the name cannot be kept': 'der Name lässt sich nicht speichern',
  'its jump hosts lead back to it': 'seine Sprunghosts führen zu ihm zurück',
  'its jump host {{name}} cannot be imported': 'sein Sprunghost {{name}} lässt sich nicht importieren',
  'its jump host {{name}} cannot be read': 'sein Sprunghost {{name}} ist nicht lesbar',
  'it has more than {{most}} jump hosts': 'er hat mehr als {{most}} Sprunghosts',
  'its way leads twice through the same jump host': 'sein Weg führt zweimal über denselben Sprunghost',

  'Entry {{seq}} is missing.': 'Eintrag {{seq}} fehlt.',
  'Before entry {{seq}} is one with the number {{other}}.': 'Vor Eintrag {{seq}} steht einer mit der Nummer {{other}}.',
  'Entry {{seq}} does not continue the entry before it.': 'Eintrag {{seq}} schließt nicht an den vorigen an.',
  'Entry {{seq}} was changed.': 'Eintrag {{seq}} wurde geändert.',
  'Entries between {{from}} and {{to}} are not those that the checkpoint at {{size}} was made of.':
    'Zwischen {{from}} und {{to}} stehen nicht die Einträge, aus denen der Prüfpunkt bei {{size}} gemacht wurde.',
  'There are no checkpoints to compare the log with, so entries at its end may be missing.':
    'Es gibt keine Prüfpunkte, mit denen das Log zu vergleichen wäre; an seinem Ende können Einträge fehlen.',
  'The checkpoint file holds notes that this installation did not sign.':
    'Die Datei der Prüfpunkte enthält Notizen, die diese Installation nicht signiert hat.',
  'Verifying took too long. Run the command verify, which has no limit.':
    'Die Prüfung dauerte zu lange. Rufen Sie den Befehl verify auf, der keine Grenze hat.',
  'A checkpoint knows {{size}} entries, and the log ends at {{head}}.':
    'Ein Prüfpunkt kennt {{size}} Einträge, und das Log endet bei {{head}}.',
};
