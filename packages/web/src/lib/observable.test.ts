import { expect, test, vi } from 'vitest';
import { derived, observable } from './observable.ts';

test('tells listeners of values that are not the same, until they end it', () => {
  const count = observable(1);
  const listener = vi.fn();
  const stop = count.subscribe(listener);
  count.set(1);
  expect(listener).not.toHaveBeenCalled();
  count.set(2);
  expect(count.get()).toBe(2);
  expect(listener).toHaveBeenCalledOnce();
  stop();
  count.set(3);
  expect(listener).toHaveBeenCalledOnce();
});

test('what follows from a value is told of with it', () => {
  const phase = observable({ kind: 'new' });
  const kind = derived(phase, (value) => value.kind);
  const listener = vi.fn();
  kind.subscribe(listener);
  phase.set({ kind: 'open' });
  expect(kind.get()).toBe('open');
  expect(listener).toHaveBeenCalledOnce();
});
