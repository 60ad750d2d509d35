import { observable } from '../../../lib/observable.ts';

/** What a terminal does only after the person has confirmed it. */
export type PendingConfirmation =
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'clipboard'; readonly text: string }
  | { readonly kind: 'link'; readonly address: URL }
  /** The session ends; with `reconnect`, a new one begins in its place. */
  | { readonly kind: 'end' }
  | { readonly kind: 'reconnect' };

/** After a refusal, further requests of the server for the clipboard are ignored for this long. */
export const clipboardRefusalMs = 30_000;

/** The confirmation that a terminal waits for: at most one at a time. */
export class Confirmations {
  readonly pending = observable<PendingConfirmation | undefined>(undefined);
  #clipboardRefusedUntilMs = 0;

  /** The person wants to paste several lines. */
  askForPaste(text: string): void {
    this.pending.set({ kind: 'paste', text });
  }

  /** The server wants to write to the clipboard. It must not replace a question that the person is about to answer, nor repeat its own until they give in. */
  askForClipboard(text: string): void {
    if (this.pending.get() === undefined && Date.now() >= this.#clipboardRefusedUntilMs)
      this.pending.set({ kind: 'clipboard', text });
  }

  /** The person touched a link, or clicked one whose address is hidden behind text. */
  askForLink(address: URL): void {
    if (this.pending.get() === undefined) this.pending.set({ kind: 'link', address });
  }

  /** The person wants to end the session, or to begin a new one in its place. */
  askToEnd(kind: 'end' | 'reconnect'): void {
    if (this.pending.get() === undefined) this.pending.set({ kind });
  }

  /** Closes the question without doing what it asks for. */
  refuse(): void {
    if (this.pending.get()?.kind === 'clipboard') this.#clipboardRefusedUntilMs = Date.now() + clipboardRefusalMs;
    this.pending.set(undefined);
  }

  /** Closes the question, and returns what the person confirmed. */
  confirm(): PendingConfirmation | undefined {
    const confirmed = this.pending.get();
    this.pending.set(undefined);
    return confirmed;
  }
}
