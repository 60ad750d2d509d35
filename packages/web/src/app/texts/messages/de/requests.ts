import type { requests as rows } from '@gatehouse/contract/messages/requests';

/** Why a request was not answered, whatever it asked for. */
export const requests: Readonly<Record<keyof typeof rows, string>> = {
  request_invalid: 'Die Anfrage ist nicht gültig.',
  request_fault: 'Die Anfrage ist nicht gültig: {{fault}}',
  field_fault: '{{field}}: {{fault}}',
  request_unreadable: 'Die Anfrage konnte nicht gelesen werden.',
  body_too_large: 'Die Anfrage ist größer als {{size}} KiB.',
  body_too_many_values: 'Die Anfrage hat mehr als {{number}} Werte.',
  body_not_json: 'Die Anfrage muss JSON sein (content-type: application/json).',
  body_missing: 'Der Inhalt der Anfrage fehlt; senden Sie ein JSON-Objekt (content-type: application/json).',
  body_compressed: 'Die Anfrage darf nicht komprimiert sein.',
  body_malformed: 'Die Anfrage ist kein gültiges JSON.',
  body_too_deep: 'Die Anfrage ist zu tief verschachtelt.',
  body_length_wrong: 'Die Länge der Anfrage stimmt nicht.',
  headers_too_large: 'Der Kopf der Anfrage ist zu groß.',
  request_too_slow: 'Die Anfrage kam zu langsam an.',
  request_malformed: 'Die Anfrage ist kein gültiges HTTP.',
  method_not_allowed: 'Methode nicht erlaubt; erlaubte Methoden: {{methods}}.',
  websocket_only: 'Diese Adresse ist ein WebSocket.',
  subprotocols_missing: 'Fordern Sie die Unterprotokolle {{subprotocol}} und ticket.<ticket> an.',
  internal_fault: 'Interner Fehler. Mit der Kennung der Anfrage findet der Administrator die Ursache.',
  not_visible: 'Nicht gefunden.',
  audit_log_unwritable: 'Das Audit-Log kann nicht geschrieben werden; die Aktion wurde nicht ausgeführt.',
  server_stopping: 'Der Server wird angehalten.',
  foreign_origin:
    'Ein Browser darf diese Anfrage nur von Seiten dieses Servers senden; ist PUBLIC_URL gesetzt, ist das die einzige Adresse dieser Seiten.',
  metrics_token_required: 'Die Metriken verlangen METRICS_TOKEN als Bearer-Token.',
  quota_reached: 'Kontingent ausgeschöpft: {{setting}} ist {{limit}}.',
  administrator_required: 'Das darf nur ein Administrator dieses Servers.',
  idempotency_key_malformed: 'Der Kopf Idempotency-Key muss aus 1 bis 255 sichtbaren ASCII-Zeichen bestehen.',
  idempotency_key_reused: 'Dieser Idempotency-Key gehört zu einer anderen Anfrage.',
  idempotent_request_unfinished:
    'Die Anfrage mit diesem Idempotency-Key läuft noch, oder sie wurde unterbrochen und ihr Ausgang ist unbekannt.',
  idempotent_answer_not_kept:
    'Die Anfrage mit diesem Idempotency-Key wurde ausgeführt; ihre Antwort wurde nicht aufbewahrt.',
  idempotency_keys_used_up:
    'Ein Konto kann in 24 Stunden höchstens {{number}} Anfragen mit einem Idempotency-Key senden.',
  sockets_used_up: 'Sie haben {{count}} dieser WebSockets offen; das ist die Höchstzahl.',
  topics_out_of_scope: 'Dieser API-Schlüssel hat für kein Thema dieses WebSockets einen Bereich.',
  verification_too_slow: 'Die Prüfung hat zu lange gedauert. Verwenden Sie den Befehl verify, der kein Zeitlimit hat.',
};
