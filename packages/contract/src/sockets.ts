/** Every WebSocket of the API. The server does not start with an undeclared one. */
export const socketPaths = ['/api/ws/session/:sessionId', '/api/ws/state'] as const;
export type SocketPath = (typeof socketPaths)[number];
