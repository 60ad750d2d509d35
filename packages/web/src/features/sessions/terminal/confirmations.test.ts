import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clipboardRefusalMs, Confirmations } from './confirmations.ts';

const link = new URL('https://elsewhere.test/a');

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the confirmation of a terminal', () => {
  test('is pending until it is confirmed, and returns what it was about', () => {
    const confirmations = new Confirmations();
    expect(confirmations.confirm()).toBeUndefined();
    confirmations.askForPaste('ls\npwd\n');
    expect(confirmations.pending.get()).toEqual({ kind: 'paste', text: 'ls\npwd\n' });
    expect(confirmations.confirm()).toEqual({ kind: 'paste', text: 'ls\npwd\n' });
    expect(confirmations.pending.get()).toBeUndefined();
    expect(confirmations.confirm()).toBeUndefined();
  });

  test('to end the session is asked once, and does not replace another question', () => {
    const confirmations = new Confirmations();
    confirmations.askToEnd('reconnect');
    confirmations.askToEnd('end');
    expect(confirmations.confirm()).toEqual({ kind: 'reconnect' });
    confirmations.askForLink(link);
    confirmations.askToEnd('end');
    expect(confirmations.confirm()).toEqual({ kind: 'link', address: link });
  });

  test('of the person is not replaced by a request of the server', () => {
    const confirmations = new Confirmations();
    confirmations.askForLink(link);
    confirmations.askForClipboard('from the server');
    expect(confirmations.confirm()).toEqual({ kind: 'link', address: link });
  });

  test('of the server is replaced by a paste, but not by a link or a second request', () => {
    const confirmations = new Confirmations();
    confirmations.askForClipboard('first');
    confirmations.askForClipboard('second');
    confirmations.askForLink(link);
    expect(confirmations.pending.get()).toEqual({ kind: 'clipboard', text: 'first' });
    confirmations.askForPaste('mine');
    expect(confirmations.pending.get()).toEqual({ kind: 'paste', text: 'mine' });
  });

  test('of the clipboard is not asked again for a while after a refusal', () => {
    const confirmations = new Confirmations();
    confirmations.askForClipboard('first');
    confirmations.refuse();
    expect(confirmations.pending.get()).toBeUndefined();
    vi.advanceTimersByTime(clipboardRefusalMs - 1);
    confirmations.askForClipboard('second');
    expect(confirmations.pending.get()).toBeUndefined();
    vi.advanceTimersByTime(1);
    confirmations.askForClipboard('third');
    expect(confirmations.confirm()).toEqual({ kind: 'clipboard', text: 'third' });
  });

  test('of the clipboard is asked at once after the refusal of a paste', () => {
    const confirmations = new Confirmations();
    confirmations.askForPaste('a\nb');
    confirmations.refuse();
    confirmations.askForClipboard('first');
    expect(confirmations.pending.get()).toEqual({ kind: 'clipboard', text: 'first' });
  });
});
