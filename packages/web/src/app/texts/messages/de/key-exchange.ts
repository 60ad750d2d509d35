import type { keyExchange as rows } from '@gatehouse/contract/messages/key-exchange';

/** Steps of a login: key exchange and host key. */
export const keyExchange: Readonly<Record<keyof typeof rows, string>> = {
  kex_strict: '{{algorithms}}, strikter Schlüsselaustausch',
  kex_not_strict: '{{algorithms}}, kein strikter Schlüsselaustausch',
  kex_truncatable:
    '{{algorithms}}, kein strikter Schlüsselaustausch: Ein Angreifer im Netz könnte Nachrichten entfernen (Terrapin, CVE-2023-48795), was die Einstellung für veraltete Algorithmen erlaubt',
  kex_failed: 'Der Schlüsselaustausch ist gescheitert: {{why}}',
  kex_no_common_kex:
    'Der Server und dieses Gateway haben keinen gemeinsamen Schlüsselaustausch. Der Server bietet {{offered}} an, das Gateway {{ours}}.',
  kex_no_common_host_key:
    'Der Server und dieses Gateway haben keinen gemeinsamen Algorithmus für Hostschlüssel. Der Server bietet {{offered}} an, das Gateway {{ours}}.',
  kex_no_common_cipher:
    'Der Server und dieses Gateway haben keine gemeinsame Chiffre. Der Server bietet {{offered}} an, das Gateway {{ours}}.',
  kex_no_common_mac:
    'Der Server und dieses Gateway haben keinen gemeinsamen MAC. Der Server bietet {{offered}} an, das Gateway {{ours}}.',
  kex_several_lacking: '{{sentences}}',
  kex_hint_legacy: 'Aktualisieren Sie den Server. Bis dahin können Sie die veralteten Algorithmen für ihn erlauben.',
  kex_hint_update:
    'Keine Einstellung des Servereintrags reicht dafür, auch nicht die für veraltete Algorithmen. Schalten Sie auf dem Server einen der Algorithmen ein, die das Gateway anbietet, oder aktualisieren Sie den Server.',
  kex_hint_host_key:
    'Keine Einstellung des Servereintrags reicht dafür, auch nicht die für veraltete Algorithmen. Erzeugen Sie auf dem Server einen weiteren Hostschlüssel: ssh-keygen -t ed25519, oder -t rsa -b 3072, falls seine Software Ed25519 nicht kennt.',
  kex_hint_fixed_group:
    'Erlauben Sie auf dem Server einen Schlüsselaustausch mit fester Gruppe, in sshd_config: KexAlgorithms +curve25519-sha256,diffie-hellman-group16-sha512,diffie-hellman-group14-sha256. Gatehouse nutzt keinen Gruppenaustausch (group exchange), weil dabei der Server die Gruppe wählt.',
  kex_terrapin:
    'Der Server beherrscht keinen strikten Schlüsselaustausch und hat mit dem Gateway keine Algorithmen gemeinsam, die ohne ihn sicher sind: Mit {{algorithms}} könnte ein Angreifer im Netz Nachrichten entfernen (Terrapin, CVE-2023-48795). Der Server bietet die Chiffren {{ciphers}} und die MACs {{macs}} an.',
  kex_hint_terrapin:
    'Aktualisieren Sie den Server, oder schalten Sie dort AES-GCM (aes128-gcm@openssh.com) oder AES im Counter-Modus (aes128-ctr) mit hmac-sha2-256 ein. Bis dahin erlaubt die Einstellung für veraltete Algorithmen die Verbindung.',
  rsa_key_too_large:
    'Der Server zeigte einen RSA-Schlüssel von {{bits}} Bit mit einem Exponenten von {{exponent}} Bit. Er ist zu groß, um geprüft zu werden.',
  rsa_key_hint:
    'Höchstens {{bits}} Bit mit einem Exponenten von {{exponent}} Bit. Erzeugen Sie einen neuen Hostschlüssel: ssh-keygen -t ed25519',
  packets_too_small: 'Der Server nimmt nur Pakete von weniger als {{bytes}} Byte an.',
  server_requests_too_many:
    'Der Server stellte zu viele Anfragen, die eine Antwort verlangen: mehr als {{count}} in der Sekunde.',
  rekeying_too_often: 'Der Server verlangte zu oft neue Schlüssel: mehr als {{count}} Mal in der Minute.',
  rekeying_hint: 'Erhöhen Sie RekeyLimit in der sshd_config des Servers.',
  server_silent:
    'Der Server schickte {{seconds}} Sekunden lang nichts, auch keine Antworten auf Keepalives; deshalb wurde die Verbindung beendet.',
  server_silent_hint:
    'Der Server oder das Netz dazwischen ist ausgefallen, oder eine Firewall hat die Verbindung vergessen.',
  server_sends_too_much: 'Der Server schickte mehr, als eine Anmeldung brauchen kann.',
  server_suspicious_hint:
    'Vielleicht ist das nicht der Server, für den Sie ihn halten, oder seine Software ist fehlerhaft.',
  host_key_interrupted: 'Die Verbindung endete, während der Hostschlüssel geprüft wurde: {{why}}',
  host_key_accepted: '{{algorithm}} {{fingerprint}}',
  host_key_certified: '{{algorithm}} {{fingerprint}}, beglaubigt von {{authority}}',
  host_key_unknown:
    'Der Hostschlüssel von {{host}}:{{port}} ist unbekannt: {{algorithm}} {{fingerprint}}. Vergleichen Sie ihn mit dem des Servers, dann nehmen Sie ihn an.',
  host_key_unknown_hint:
    'Vergleichen Sie den Fingerabdruck mit dem, was der Administrator des Servers sagt, dann nehmen Sie den Schlüssel an.',
  host_key_changed:
    'Der Hostschlüssel von {{host}}:{{port}} hat sich geändert: er ist jetzt {{algorithm}} {{fingerprint}}.',
  host_key_changed_hint:
    'Machen Sie nur weiter, wenn der Administrator des Servers bestätigt, dass sein Schlüssel ersetzt wurde: Ein Angreifer könnte sich als der Server ausgeben.',
  host_key_revoked:
    'Der Schlüssel {{algorithm}} {{fingerprint}}, den {{host}}:{{port}} vorlegt, ist für diesen Server gesperrt.',
  host_key_uncertified: '{{host}}:{{port}} {{why}}, und seine Regel nimmt nichts anderes an.',
  no_host_certificate: 'zeigt kein Hostzertifikat',
  host_certificate_untrusted:
    'zeigt ein Hostzertifikat von {{fingerprint}}; dieser Zertifizierungsstelle wird nicht vertraut',
  host_certificate_early: 'Das Hostzertifikat „{{name}}“ gilt erst ab {{date}}.',
  host_certificate_expired:
    'Das Hostzertifikat „{{name}}“ galt bis {{date}}. Lassen Sie den Hostschlüssel neu signieren.',
  host_certificate_unnamed:
    'Das Hostzertifikat „{{name}}“ nennt keinen Host. Lassen Sie den Hostschlüssel mit -n {{host}} neu signieren.',
  host_certificate_elsewhere: 'Das Hostzertifikat „{{name}}“ gilt für {{hosts}}, nicht für {{host}}.',
  host_certificate_invalid: 'Der Server zeigte ein ungültiges Hostzertifikat.',
  host_certificate_hint:
    'Lassen Sie den Hostschlüssel neu signieren: ssh-keygen -s AUTHORITY -h -I NAME -n HOST KEY.pub',
};
