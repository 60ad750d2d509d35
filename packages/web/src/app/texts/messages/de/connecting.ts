import type { connecting as rows } from '@gatehouse/contract/messages/connecting';

/** Steps of a login: the name, the connection, the greeting. */
export const connecting: Readonly<Record<keyof typeof rows, string>> = {
  dns_not_needed: 'Eine Adresse muss nicht nachgeschlagen werden.',
  dns_by_jump_host: 'Der Jump-Host schlägt den Namen nach.',
  dns_late: '{{host}} nachzuschlagen dauerte zu lange.',
  dns_no_answer: 'Die Nameserver gaben zu {{host}} keine Antwort.',
  dns_hint_name_servers: 'Prüfen Sie die Nameserver dieses Gateways.',
  dns_unknown: 'Den Namen {{host}} kennt niemand.',
  dns_hint_spelling: 'Prüfen Sie die Schreibweise, oder tragen Sie die Adresse selbst ein.',
  dns_found: '{{addresses}}',
  connected: 'Mit {{host}} Port {{port}} verbunden.',
  connected_through_jump_host: 'Über den Jump-Host mit {{host}} Port {{port}} verbunden.',
  tcp_late: '{{host}} Port {{port}} hat nicht rechtzeitig geantwortet.',
  tcp_hint_firewall: 'Prüfen Sie die Adresse, und ob eine Firewall Verbindungen dieses Gateways verwirft.',
  tcp_forwarding_denied: 'Der Jump-Host erlaubt keine Verbindung zu {{host}} Port {{port}}.',
  tcp_hint_forwarding:
    'Der Jump-Host muss TCP-Weiterleitung zu dieser Adresse erlauben (AllowTcpForwarding, PermitOpen).',
  tcp_forwarding_failed: 'Der Jump-Host konnte sich nicht mit {{host}} Port {{port}} verbinden.',
  tcp_hint_jump_host_view: 'Prüfen Sie Host und Port aus der Sicht des Jump-Hosts.',
  tcp_refused: '{{host}} Port {{port}} hat die Verbindung abgelehnt.',
  tcp_hint_nothing_listens:
    'Auf diesem Port nimmt kein Programm Verbindungen an: Prüfen Sie den Port, und ob der SSH-Server läuft.',
  tcp_unreachable: '{{host}} Port {{port}} ist nicht erreichbar.',
  tcp_hint_no_route: 'Von diesem Gateway führt kein Weg dorthin: prüfen Sie Netz und VPN.',
  tcp_failed: 'Die Verbindung zu {{host}} Port {{port}} ist gescheitert: {{why}}',
  destination_denied: 'Dieses Gateway darf sich nicht mit {{host}} Port {{port}} verbinden.',
  egress_hint:
    'Die Regeln für ausgehende Verbindungen (EGRESS_ALLOW, EGRESS_DENY) verbieten es. Fragen Sie einen Administrator.',
  banner: '{{version}}',
  banner_late: 'Der Server an {{host}} Port {{port}} hat sich nicht rechtzeitig als SSH-Server gemeldet.',
  banner_hint_overloaded: 'Prüfen Sie Host und Port. Auch ein Server, der überlastet ist, antwortet spät.',
  banner_wrong: 'Der Server an {{host}} Port {{port}} antwortet nicht als SSH-Server der Version 2.',
  banner_hint_blocked:
    'Prüfen Sie Host und Port. So schließt auch ein Server Verbindungen, der überlastet ist oder dieses Gateway sperrt.',
  banner_closed: 'Der Server {{host}}, Port {{port}}, schloss die Verbindung, bevor er sich zu erkennen gab.',
  banner_closed_hint:
    'Vielleicht ist er ausgelastet (MaxStartups von sshd) oder sperrt die Adresse des Gateways nach gescheiterten Anmeldungen: Versuchen Sie es nach einer Pause erneut. Prüfen Sie sonst Host und Port.',
  banner_busy:
    'Der Server {{host}}, Port {{port}}, ist ausgelastet: Er nimmt im Moment keine weiteren Anmeldungen an (MaxStartups).',
  banner_busy_hint:
    'Versuchen Sie es nach einer Pause erneut. Kommt das oft vor, erhöhen Sie MaxStartups in sshd_config: Alle Anmeldungen über das Gateway kommen von einer Adresse.',
  banner_penalty:
    'Der Server {{host}}, Port {{port}}, weist die Adresse des Gateways eine Zeit lang ab (PerSourcePenalties).',
  banner_penalty_hint:
    'Versuchen Sie es nach einer Pause erneut: sshd tut das nach gescheiterten Anmeldungen. PerSourcePenaltyExemptList in sshd_config nimmt die Adresse des Gateways davon aus.',
  why_late: 'es kam nicht rechtzeitig eine Antwort.',
  why_closed: 'der Server hat die Verbindung geschlossen.',
  why_broken: 'die Verbindung wurde unterbrochen.',
  why_other: '{{text}}.',
};
