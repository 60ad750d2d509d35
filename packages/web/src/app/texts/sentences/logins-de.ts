import type { Sentences } from '../../../lib/sentences.ts';

/** How a login went, what is asked for it, and how sessions end. */
export const logins: Sentences = {
  'The login works ({{method}}).': 'Die Anmeldung gelingt ({{method}}).',
  'The login was called off.': 'Die Anmeldung wurde abgebrochen.',
  'The login was stopped before it was finished.': 'Die Anmeldung wurde abgebrochen, bevor sie fertig war.',
  'The question was not answered in time.': 'Die Frage wurde nicht rechtzeitig beantwortet.',
  'A question of the login was not answered.': 'Eine Frage der Anmeldung wurde nicht beantwortet.',
  '"{{server}}" speaks {{protocol}}; this version logs in over SSH.':
    '„{{server}}“ spricht {{protocol}}; diese Version meldet sich über SSH an.',
  'You may not connect to servers of this organization over SSH.':
    'Sie dürfen sich nicht über SSH mit Servern dieser Organisation verbinden.',
  'You may not log in over SSH with the identities of this organization.':
    'Sie dürfen sich nicht über SSH mit den Identitäten dieser Organisation anmelden.',
  '"{{server}}" is not as it was when "{{identity}}" was confirmed for it: an account that does not manage that identity changed the address, user name, jump hosts, host key or algorithms, or accepted the host key. An account that manages it must confirm the link first.':
    '„{{server}}“ ist nicht mehr so, wie „{{identity}}“ dafür bestätigt wurde: Ein Konto, das diese Identität nicht verwaltet, hat Adresse, Benutzernamen, Jump-Hosts, Hostschlüssel oder Algorithmen geändert oder den Hostschlüssel angenommen. Erst muss ein Konto, das sie verwaltet, die Verknüpfung bestätigen.',
  'The host key of "{{server}}" was accepted by a host-key policy that no account that manages "{{identity}}" chose. Compare the key, then link the identity to the server to confirm it.':
    'Der Hostschlüssel von „{{server}}“ wurde durch eine Regel angenommen, die kein Konto gewählt hat, das „{{identity}}“ verwaltet. Vergleichen Sie den Schlüssel, und verknüpfen Sie dann die Identität mit dem Server, um ihn zu bestätigen.',
  '"{{identity}}" is not linked to "{{server}}", and you do not manage it.':
    '„{{identity}}“ ist nicht mit „{{server}}“ verknüpft, und Sie verwalten sie nicht.',
  '“{{server}}” has no identity that you can use. Link one, or name one.':
    '„{{server}}“ hat keine Identität, die Sie benutzen können. Verknüpfen Sie eine, oder wählen Sie eine.',
  'The way to “{{server}}” leads through too many jump hosts or back to one.':
    'Der Weg zu „{{server}}“ führt über zu viele Sprunghosts oder zu einem zurück.',
  'A jump host on the way to “{{server}}” is gone, or you cannot see it.':
    'Ein Sprunghost auf dem Weg zu „{{server}}“ fehlt, oder Sie können ihn nicht sehen.',
  'The jump host “{{server}}” is not an SSH server.': 'Der Sprunghost „{{server}}“ ist kein SSH-Server.',
  'The jump host “{{server}}” has no identity that you can use.':
    'Der Sprunghost „{{server}}“ hat keine Identität, die Sie benutzen können.',
  'The jump host “{{server}}” was changed; somebody who manages its identity must confirm it.':
    'Der Sprunghost „{{server}}“ wurde geändert; jemand, der seine Identität verwaltet, muss das bestätigen.',
  'The identity “{{identity}}” lacks {{one}} and {{other}}.':
    'Der Identität „{{identity}}“ fehlen {{one}} und {{other}}.',
  'The identity “{{identity}}” lacks {{what}}.': 'Der Identität „{{identity}}“ fehlt {{what}}.',
  'a username': 'ein Benutzername',
  'a password': 'ein Passwort',
  'a private key': 'ein privater Schlüssel',
  'a private key that can be read': 'ein lesbarer privater Schlüssel',
  'the passphrase of the private key': 'die Passphrase des privaten Schlüssels',
  'directIdentity has neither a password nor a key.': 'Es fehlt ein Passwort oder ein Schlüssel.',
  '“{{identity}}” has no username.': '„{{identity}}“ hat keinen Benutzernamen.',
  '“{{identity}}” has no password.': '„{{identity}}“ hat kein Passwort.',
  'As {{username}}.': 'Als {{username}}.',
  'Log in to {{server}}': 'Anmelden an {{server}}',
  Username: 'Benutzername',
  Password: 'Passwort',
  'No stored identity fits.': 'Keine gespeicherte Identität passt.',
  'Passphrase of the key “{{identity}}”': 'Passphrase des Schlüssels „{{identity}}“',
  'The key is encrypted, and no passphrase that opens it is stored.':
    'Der Schlüssel ist verschlüsselt, und es ist keine Passphrase gespeichert, die ihn öffnet.',
  'That passphrase does not open the key.': 'Diese Passphrase öffnet den Schlüssel nicht.',

  'An address needs no lookup.': 'Eine Adresse muss nicht nachgeschlagen werden.',
  'The jump host looks up the name.': 'Der Sprunghost schlägt den Namen nach.',
  'Looking up {{host}} took too long.': '{{host}} nachzuschlagen dauerte zu lange.',
  'The name servers did not answer for {{host}}.': 'Die Nameserver gaben zu {{host}} keine Antwort.',
  "Check the gateway's name servers.": 'Prüfen Sie die Nameserver dieses Gateways.',
  'The name {{host}} is not known.': 'Den Namen {{host}} kennt niemand.',
  'Check the spelling, or enter the address itself.':
    'Prüfen Sie die Schreibweise, oder tragen Sie die Adresse selbst ein.',
  'Connected to {{host}} port {{port}}.': 'Mit {{host}} Port {{port}} verbunden.',
  'Connected to {{host}} port {{port}} through the jump host.':
    'Über den Sprunghost mit {{host}} Port {{port}} verbunden.',
  '{{where}} did not answer in time.': '{{where}} hat nicht rechtzeitig geantwortet.',
  'Check the address, and whether a firewall drops connections from the gateway.':
    'Prüfen Sie die Adresse, und ob eine Firewall Verbindungen dieses Gateways verwirft.',
  'The jump host does not allow a connection to {{where}}.': 'Der Sprunghost erlaubt keine Verbindung zu {{where}}.',
  'The jump host has to permit TCP forwarding to this address (AllowTcpForwarding, PermitOpen).':
    'Der Sprunghost muss TCP-Weiterleitung zu dieser Adresse erlauben (AllowTcpForwarding, PermitOpen).',
  'The jump host could not connect to {{where}}.': 'Der Sprunghost konnte sich nicht mit {{where}} verbinden.',
  'Check host and port as the jump host sees them.': 'Prüfen Sie Host und Port aus der Sicht des Sprunghosts.',
  '{{where}} refused the connection.': '{{where}} hat die Verbindung abgelehnt.',
  'Nothing listens there: check the port, and that the SSH server runs.':
    'Dort hört niemand zu: prüfen Sie den Port, und ob der SSH-Server läuft.',
  '{{where}} cannot be reached.': '{{where}} ist nicht erreichbar.',
  'There is no route from the gateway: check network and VPN.':
    'Von diesem Gateway führt kein Weg dorthin: prüfen Sie Netz und VPN.',
  'Connecting to {{where}} failed: {{why}}': 'Die Verbindung zu {{where}} ist gescheitert: {{why}}',
  '{{host}} port {{port}}': '{{host}} Port {{port}}',
  '“{{server}}” leads elsewhere than before. Look at where before you log in.':
    '„{{server}}“ führt woandershin als vorher. Sehen Sie nach, wohin, bevor Sie sich anmelden.',
  'The gateway may not connect to {{where}}.': 'Dieses Gateway darf sich nicht mit {{where}} verbinden.',
  "The gateway's egress policy (EGRESS_ALLOW, EGRESS_DENY) denies it. Ask an administrator.":
    'Die Regeln für ausgehende Verbindungen (EGRESS_ALLOW, EGRESS_DENY) verbieten es. Fragen Sie einen Administrator.',
  'The server at {{where}} did not identify itself as an SSH server in time.':
    'Der Server an {{where}} hat sich nicht rechtzeitig als SSH-Server gemeldet.',
  'Check host and port. A server that is overloaded also answers late.':
    'Prüfen Sie Host und Port. Auch ein Server, der überlastet ist, antwortet spät.',
  'The server at {{where}} did not answer as an SSH server of version 2.':
    'Der Server an {{where}} antwortet nicht als SSH-Server der Version 2.',
  'Check host and port. A server that is overloaded or blocks the gateway also closes connections like this.':
    'Prüfen Sie Host und Port. So schließt auch ein Server Verbindungen, der überlastet ist oder dieses Gateway sperrt.',
  'there was no answer in time.': 'es kam nicht rechtzeitig eine Antwort.',
  'the server closed the connection.': 'der Server hat die Verbindung geschlossen.',
  'the connection broke.': 'die Verbindung brach ab.',
  'The key exchange failed: {{why}}': 'Der Schlüsselaustausch ist gescheitert: {{why}}',
  'The server and the gateway have no {{kind}} algorithm in common. The server offers {{offered}}.':
    'Der Server und dieses Gateway haben kein gemeinsames Verfahren ({{kind}}). Der Server bietet {{offered}} an.',
  'Update the server. Until then, “legacyAlgorithms” of the entry allows these retired algorithms.':
    'Aktualisieren Sie den Server. Bis dahin lassen sich diese veralteten Verfahren für ihn erlauben.',
  'Update the server: what it offers is not safe, or too new for the gateway.':
    'Aktualisieren Sie den Server: was er anbietet, ist nicht sicher, oder zu neu für dieses Gateway.',
  'Enable a key exchange with a fixed group on the server, in sshd_config: KexAlgorithms +curve25519-sha256,diffie-hellman-group16-sha512,diffie-hellman-group14-sha256. Gatehouse does not use group exchange, because the server chooses the group.':
    'Erlauben Sie auf dem Server einen Schlüsselaustausch mit fester Gruppe, in sshd_config: KexAlgorithms +curve25519-sha256,diffie-hellman-group16-sha512,diffie-hellman-group14-sha256. Gatehouse nutzt keinen Gruppenaustausch (group exchange), weil dabei der Server die Gruppe wählt.',
  'The server showed an RSA key of {{bits}} bits with an exponent of {{exponent}} bits, which is too large to be verified.':
    'Der Server zeigte einen RSA-Schlüssel von {{bits}} Bit mit einem Exponenten von {{exponent}} Bit. Er ist zu groß, um geprüft zu werden.',
  'At most {{bits}} bits with an exponent of {{exponent}} bits. Make a new host key: ssh-keygen -t ed25519':
    'Höchstens {{bits}} Bit mit einem Exponenten von {{exponent}} Bit. Erzeugen Sie einen neuen Hostschlüssel: ssh-keygen -t ed25519',
  'The server takes packets of less than {{bytes}} bytes only.':
    'Der Server nimmt nur Pakete von weniger als {{bytes}} Byte an.',
  'The server sent too many requests to be answered: more than {{count}} a second.':
    'Der Server stellte zu viele Anfragen, die eine Antwort verlangen: mehr als {{count}} in der Sekunde.',
  'The server asked for new keys too often: more than {{count}} times a minute.':
    'Der Server verlangte zu oft neue Schlüssel: mehr als {{count}} Mal in der Minute.',
  'Raise RekeyLimit in the sshd_config of the server.': 'Erhöhen Sie RekeyLimit in der sshd_config des Servers.',
  'The server sent more than a login can need.': 'Der Server schickte mehr, als eine Anmeldung brauchen kann.',
  'This may not be the server you think it is, or its software is broken.':
    'Vielleicht ist das nicht der Server, für den Sie ihn halten, oder seine Software ist fehlerhaft.',
  'The server would use a cipher that the Terrapin attack can truncate (CVE-2023-48795), without strict key exchange.':
    'Der Server nähme eine Verschlüsselung, die der Terrapin-Angriff kürzen kann (CVE-2023-48795), ohne strikten Schlüsselaustausch.',
  'Update the server, or let it offer AES-GCM (aes128-gcm@openssh.com) or AES in counter mode.':
    'Aktualisieren Sie den Server, oder lassen Sie ihn AES-GCM (aes128-gcm@openssh.com) oder AES im Counter-Modus anbieten.',

  'The connection ended while the host key was checked: {{why}}':
    'Die Verbindung endete, während der Hostschlüssel geprüft wurde: {{why}}',
  "The host key of {{where}} is not known: {{algorithm}} {{fingerprint}}. Compare it with the server's own, then accept it.":
    'Der Hostschlüssel von {{where}} ist nicht bekannt: {{algorithm}} {{fingerprint}}. Vergleichen Sie ihn mit dem des Servers, dann nehmen Sie ihn an.',
  'The host key of {{where}} has changed: it is now {{algorithm}} {{fingerprint}}.':
    'Der Hostschlüssel von {{where}} hat sich geändert: er ist jetzt {{algorithm}} {{fingerprint}}.',
  'Compare the fingerprint with what the administrator of the server says, then accept the key.':
    'Vergleichen Sie den Fingerabdruck mit dem, was der Administrator des Servers sagt, dann nehmen Sie den Schlüssel an.',
  'Do not go on unless the administrator of the server confirms that its key was replaced: somebody may be posing as the server.':
    'Machen Sie nur weiter, wenn der Administrator des Servers bestätigt, dass sein Schlüssel ersetzt wurde: jemand könnte sich als der Server ausgeben.',
  '{{where}} {{why}}, and its policy accepts nothing else.':
    '{{where}} {{why}}, und seine Regel nimmt nichts anderes an.',
  'shows no host certificate': 'zeigt kein Hostzertifikat',
  'shows a host certificate of {{fingerprint}}, which is no trusted authority':
    'zeigt ein Hostzertifikat von {{fingerprint}}, einer Stelle, der nicht vertraut wird',
  'The host certificate “{{name}}”': 'Das Hostzertifikat „{{name}}“',
  '{{certificate}} is not valid before {{date}}.': '{{certificate}} gilt erst ab {{date}}.',
  '{{certificate}} was valid until {{date}}. Have the host key signed again.':
    '{{certificate}} galt bis {{date}}. Lassen Sie den Hostschlüssel neu signieren.',
  '{{certificate}} names no host. Sign the host key again with -n {{host}}.':
    '{{certificate}} nennt keinen Host. Lassen Sie den Hostschlüssel mit -n {{host}} neu signieren.',
  'The server showed a host certificate that is not valid.': 'Der Server zeigte ein ungültiges Hostzertifikat.',
  'Have the host key signed again: ssh-keygen -s AUTHORITY -h -I NAME -n HOST KEY.pub':
    'Lassen Sie den Hostschlüssel neu signieren: ssh-keygen -s AUTHORITY -h -I NAME -n HOST KEY.pub',

  'The server lets everybody in.': 'Der Server lässt jeden herein.',
  'Let in with the key {{fingerprint}}.': 'Mit dem Schlüssel {{fingerprint}} angemeldet.',
  'Let in with the password.': 'Mit dem Passwort angemeldet.',
  "Let in with answers to the server's questions.": 'Mit Antworten auf die Fragen des Servers angemeldet.',
  '{{succeeded}} The server wants another factor.': '{{succeeded}} Der Server verlangt einen weiteren Faktor.',
  'The identity has no {{what}} after all.': 'Die Identität hat doch kein Geheimnis dieser Art ({{what}}).',
  'Store the {{what}} again.': 'Speichern Sie es neu ({{what}}).',
  'Complete the identity. A key that is encrypted needs its passphrase stored with it.':
    'Vervollständigen Sie die Identität. Zu einem verschlüsselten Schlüssel gehört seine Passphrase.',
  'The stored secret cannot be opened. Store it again. Whoever runs this gateway can verify all stored data with the command: npm start -- verify':
    'Das gespeicherte Geheimnis lässt sich nicht öffnen. Speichern Sie es neu. Wer dieses Gateway betreibt, kann alle gespeicherten Daten prüfen, mit dem Befehl: npm start -- verify',
  'The server did not answer the authentication in time.':
    'Der Server hat auf die Anmeldung nicht rechtzeitig geantwortet.',
  'The server ended the connection during authentication: {{why}}':
    'Der Server hat die Verbindung während der Anmeldung beendet: {{why}}',
  'Servers do so after too many tries, or when the account may not log in from here.':
    'Das tun Server nach zu vielen Versuchen, oder wenn sich das Konto von hier nicht anmelden darf.',
  'The server knows the key {{fingerprint}}, but refused the login with it.':
    'Der Server kennt den Schlüssel {{fingerprint}}, hat die Anmeldung damit aber abgelehnt.',
  'The account {{username}} may be locked, or its authorized_keys may restrict the key (from=, expiry-time=).':
    'Das Konto {{username}} ist vielleicht gesperrt, oder seine authorized_keys schränken den Schlüssel ein (from=, expiry-time=).',
  'The server refused the key {{fingerprint}} for {{username}}.':
    'Der Server hat den Schlüssel {{fingerprint}} für {{username}} abgelehnt.',
  'Check the username, or add this line to ~/.ssh/authorized_keys of {{username}} on the server:':
    'Prüfen Sie den Benutzernamen, oder fügen Sie auf dem Server diese Zeile zu ~/.ssh/authorized_keys von {{username}} hinzu:',
  'The server accepts no signature algorithm that the key {{fingerprint}} ({{algorithm}}) may use.':
    'Der Server nimmt kein Signaturverfahren an, das der Schlüssel {{fingerprint}} ({{algorithm}}) benutzen darf.',
  'Use an Ed25519 key, or update the server. Until then, “legacyAlgorithms” of the entry allows RSA with SHA-1.':
    'Nehmen Sie einen Ed25519-Schlüssel, oder aktualisieren Sie den Server. Bis dahin lässt sich RSA mit SHA-1 für ihn erlauben.',
  'The server refused the password for {{username}}.': 'Der Server hat das Passwort für {{username}} abgelehnt.',
  'Check username and password. The account may also be locked, or not allowed to log in with a password.':
    'Prüfen Sie Benutzernamen und Passwort. Das Konto kann auch gesperrt sein oder sich nicht mit Passwort anmelden dürfen.',
  'The server refused the answers for {{username}}.': 'Der Server hat die Antworten für {{username}} abgelehnt.',
  'Check username, password and code.': 'Prüfen Sie Benutzernamen, Passwort und Code.',
  'The password has expired.': 'Das Passwort ist abgelaufen.',
  'Change it on the server, then store the new one.': 'Ändern Sie es auf dem Server, dann speichern Sie das neue.',
  'The server asked more questions than a login can need.':
    'Der Server hat mehr gefragt, als eine Anmeldung brauchen kann.',
  'This may not be the server you think it is. Nothing was answered.':
    'Das ist vielleicht nicht der Server, für den Sie ihn halten. Es wurde nichts beantwortet.',
  'The server asked “{{questions}}”, and nobody was there to answer.':
    'Der Server fragte „{{questions}}“, und niemand war da, um zu antworten.',
  'Log in from a terminal, or use a key for unattended logins.':
    'Melden Sie sich in einem Terminal an, oder nehmen Sie für Anmeldungen ohne Aufsicht einen Schlüssel.',
  'The server allows {{username}} {{methods}}, and there is nothing left to try.':
    'Der Server erlaubt {{username}} {{methods}}, und es bleibt nichts zu versuchen.',
  'no method': 'kein Verfahren',
  '{{allowed}} A password is never sent to a host whose key is not checked.':
    '{{allowed}} An einen Host, dessen Schlüssel nicht geprüft wird, geht nie ein Passwort.',
  'Pin the host key, or use a key.': 'Hinterlegen Sie den Hostschlüssel, oder nehmen Sie einen Schlüssel.',
  'The identity holds neither a key nor a password: complete it.':
    'Die Identität hat weder Schlüssel noch Passwort: vervollständigen Sie sie.',
  'Store a key in the identity, and its public half in authorized_keys on the server.':
    'Speichern Sie in der Identität einen Schlüssel, und seine öffentliche Hälfte auf dem Server in authorized_keys.',
  'Store a password in the identity, or let the server allow public keys (PubkeyAuthentication).':
    'Speichern Sie in der Identität ein Passwort, oder lassen Sie den Server öffentliche Schlüssel erlauben (PubkeyAuthentication).',
  'The way leads through more than {{most}} jump hosts.': 'Der Weg führt über mehr als {{most}} Sprunghosts.',
  'Shorten the chain of jump hosts.': 'Verkürzen Sie die Kette der Sprunghosts.',
  'The session is open.': 'Die Sitzung ist offen.',
  'The server let us in.': 'Der Server hat uns hereingelassen.',
  'The server did not open a session: {{why}}': 'Der Server hat keine Sitzung geöffnet: {{why}}',
  'Something went wrong in the gateway.': 'In diesem Gateway ging etwas schief.',
  '{{count}} host keys': '{{count}} Hostschlüssel',

  'You have {{count}} sessions open, which is the limit.': 'Sie haben {{count}} Sitzungen offen; mehr gehen nicht.',
  'The ticket is not valid for this session; get a new one.':
    'Der Einlass gilt nicht für diese Sitzung; holen Sie einen neuen.',
  'Another node has this session; come by the way on which it was opened.':
    'Ein anderer Knoten hat diese Sitzung; kommen Sie auf dem Weg, auf dem sie geöffnet wurde.',
  'The node that has this session did not end it in time.':
    'Der Knoten, der diese Sitzung hat, hat sie nicht rechtzeitig beendet.',
  'The command did not end within {{ms}} ms.': 'Der Befehl war nach {{ms}} ms nicht zu Ende.',
  'The session was ended: {{why}}.': 'Die Sitzung wurde beendet: {{why}}.',
  'you ended it': 'Sie haben sie beendet',
  'the server stops': 'Gatehouse wird angehalten',
  'the server was interrupted': 'Gatehouse wurde unterbrochen',
  'the server was cut off from its database': 'Gatehouse war von seiner Datenbank abgeschnitten',
  'the shell ended': 'die Shell wurde beendet',
  'the command ended': 'der Befehl wurde beendet',
  'the connection to the server ended': 'die Verbindung zum Server brach ab',
  'the access to it has ended': 'der Zugang dazu ist beendet',
  'its identity is no longer confirmed for the server': 'seine Identität ist für den Server nicht mehr bestätigt',
  'the account was changed or closed': 'das Konto wurde geändert oder geschlossen',
  'the sign-in was ended': 'die Anmeldung wurde beendet',
  'the sign-in has ended': 'die Anmeldung ist beendet',
  'the API key was deleted': 'der API-Schlüssel wurde gelöscht',
  'the API key has expired': 'der API-Schlüssel ist abgelaufen',
  'the membership in the organization ended': 'die Mitgliedschaft in der Organisation endete',
  'the permission to connect was taken away': 'das Recht, sich zu verbinden, wurde entzogen',
  'the organization was deleted': 'die Organisation wurde gelöscht',
  'the identity was deleted or moved': 'die Identität wurde gelöscht oder verschoben',
  'the server was deleted or leads somewhere else now': 'der Server wurde gelöscht oder führt jetzt woandershin',
  'terminals end after so long': 'Terminals enden nach so langer Zeit',
  'nothing happened in it for too long': 'zu lange geschah nichts darin',
  'nobody joined it in time': 'niemand kam rechtzeitig dazu',
};
