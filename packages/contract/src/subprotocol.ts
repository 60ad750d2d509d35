/** The subprotocol of every WebSocket (docs/terminal-protocol.md); a client of a session offers it beside its ticket. */
export const subprotocol = 'gatehouse.v1';
