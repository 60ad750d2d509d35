import type { MessageRows } from './row.ts';

/** Why a request was not answered, whatever it asked for. */
export const requests = {
  request_invalid: { error: 'invalid_request', en: 'The request is not valid.' },
  request_fault: { error: 'invalid_request', en: 'The request is not valid: {{fault}}', params: { fault: 'message' } },
  field_fault: { en: '{{field}}: {{fault}}', params: { field: 'text', fault: 'message' } },
  request_unreadable: { error: 'invalid_request', en: 'The request could not be read.' },
  body_too_large: {
    error: 'payload_too_large',
    en: 'The request body is larger than {{size}} KiB.',
    params: { size: 'number' },
  },
  body_too_many_values: {
    error: 'invalid_request',
    en: 'The request body has more than {{number}} values.',
    params: { number: 'number' },
  },
  body_not_json: {
    error: 'unsupported_media_type',
    en: 'The request body must be JSON (content-type: application/json).',
  },
  body_missing: {
    error: 'invalid_request',
    en: 'The request body is missing; send a JSON object (content-type: application/json).',
  },
  body_compressed: { error: 'unsupported_media_type', en: 'The request body must not be compressed.' },
  body_malformed: { error: 'invalid_request', en: 'The request body is not well-formed JSON.' },
  body_too_deep: { error: 'invalid_request', en: 'The request body is nested too deeply.' },
  body_length_wrong: { error: 'invalid_request', en: 'The content-length does not match the request body.' },
  headers_too_large: { error: 'headers_too_large', en: 'The request headers are too large.' },
  request_too_slow: { error: 'request_timeout', en: 'The request took too long to arrive.' },
  request_malformed: { error: 'invalid_request', en: 'The request is not well-formed HTTP.' },
  method_not_allowed: {
    error: 'method_not_allowed',
    en: 'Method not allowed; allowed methods: {{methods}}.',
    params: { methods: 'texts' },
  },
  websocket_only: { error: 'invalid_request', en: 'This address is a WebSocket.' },
  subprotocols_missing: {
    error: 'malformed_authorization',
    en: 'Request the subprotocols {{subprotocol}} and ticket.<ticket>.',
    params: { subprotocol: 'text' },
  },
  internal_fault: {
    error: 'internal',
    en: 'Internal error. The request id helps the administrator to find the cause.',
  },
  not_visible: { error: 'not_found', en: 'Not found.' },
  audit_log_unwritable: {
    error: 'unavailable',
    en: 'The audit log cannot be written, so the request was not executed.',
  },
  server_stopping: { error: 'unavailable', en: 'The server is stopping.' },
  foreign_origin: {
    error: 'forbidden',
    en: 'A browser may send this request only from pages of this server; if PUBLIC_URL is set, it is the only address of these pages.',
  },
  metrics_token_required: { error: 'unauthenticated', en: 'The metrics need METRICS_TOKEN as bearer token.' },
  quota_reached: {
    error: 'quota_exceeded',
    en: 'Quota reached: {{setting}} is {{limit}}.',
    params: { setting: 'text', limit: 'number' },
  },
  administrator_required: { error: 'forbidden', en: 'Only an administrator of this server may do this.' },
  idempotency_key_malformed: {
    error: 'invalid_request',
    en: 'The header Idempotency-Key must be 1 to 255 visible ASCII characters.',
  },
  idempotency_key_reused: { error: 'idempotency_key_reused', en: 'This Idempotency-Key was used for another request.' },
  idempotent_request_unfinished: {
    error: 'conflict',
    en: 'The request with this Idempotency-Key is still running, or was interrupted and its outcome is unknown.',
  },
  idempotent_answer_not_kept: {
    error: 'conflict',
    en: 'The request with this Idempotency-Key was executed; its response was not kept.',
  },
  idempotency_keys_used_up: {
    error: 'too_many_requests',
    en: 'An account can send at most {{number}} requests with an Idempotency-Key in 24 hours.',
    params: { number: 'number' },
  },
  sockets_used_up: {
    error: 'too_many_requests',
    en: 'You have {{count}} of these WebSockets open, which is the limit.',
    params: { count: 'number' },
  },
  topics_out_of_scope: {
    error: 'insufficient_scope',
    en: 'This API key has no scope for any topic of this socket.',
  },
  verification_too_slow: {
    error: 'timed_out',
    en: 'The verification took too long. Run the command verify, which has no time limit.',
  },
} as const satisfies MessageRows;
