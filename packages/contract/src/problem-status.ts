/** Every way a request can fail: the stable slug that clients switch on, and the HTTP status that carries it (RFC 9110, RFC 6585). */
export const problemStatus = {
  invalid_request: 400,
  malformed_authorization: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  forbidden: 403,
  setup_token_required: 403,
  insufficient_scope: 403,
  destination_denied: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  host_key_unknown: 409,
  host_key_changed: 409,
  link_suspended: 409,
  credential_required: 409,
  quota_exceeded: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  too_many_requests: 429,
  headers_too_large: 431,
  internal: 500,
  secret_unreadable: 500,
  login_failed: 502,
  unavailable: 503,
  timed_out: 504,
} as const;

/** The stable slug of a problem. */
export type ProblemCode = keyof typeof problemStatus;
