/** The subprotocol of our WebSockets; docs/terminal-protocol.md. */
export const subprotocol = 'gatehouse.v1';
