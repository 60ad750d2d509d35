/** The header fields that operations read, besides `Authorization` and the content's own. */
export const requestHeaders = {
  'If-Match': 'The entity tag that was read; 412 if it has another one now (RFC 9110 section 13.1.1)',
  'If-None-Match':
    'The entity tag of the answer that the client has; 304 if it would be the same (RFC 9110 section 13.1.2)',
  Prefer: '`handling=strict` refuses what would only be warned about (RFC 7240)',
  'Idempotency-Key': 'For 24 hours, the same request with the same key is done once, and answered alike',
} as const;
export type RequestHeader = keyof typeof requestHeaders;

/** The header fields of answers, besides those of every HTTP answer. */
export const responseHeaders = {
  Authorization: 'The token of the sign-in, as in the body',
  'Content-Disposition': 'The name of the file',
  ETag: 'The entity tag of what was read or changed',
  'Idempotency-Replayed': '`true` where the answer is that of an earlier request with the same Idempotency-Key',
  Link: 'The next page, with `rel="next"` (RFC 8288)',
  'Preference-Applied': 'The preference that was honoured (RFC 7240)',
  'RateLimit-Limit': 'How many requests the window allows',
  'RateLimit-Remaining': 'How many are left',
  'RateLimit-Reset': 'When the window ends, in seconds',
  'Retry-After': 'When to try again, in seconds',
  'Set-Cookie': 'The cookie of the session, or its removal',
  'X-Request-Id': 'The id of the request in the logs of the server',
} as const;
export type ResponseHeader = keyof typeof responseHeaders;

/** The header fields of failures that ask the client to wait. */
export const waitingHeaders: readonly ResponseHeader[] = [
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];
