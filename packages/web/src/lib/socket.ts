/** What our WebSockets speak; docs/terminal-protocol.md. */
export const subprotocol = 'gatehouse.v1';
