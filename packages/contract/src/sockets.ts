/** Every WebSocket of the API. The server does not start with one that is not here. */
export const socketPaths = ['/api/ws/session/:sessionId', '/api/ws/state'] as const;
export type SocketPath = (typeof socketPaths)[number];
