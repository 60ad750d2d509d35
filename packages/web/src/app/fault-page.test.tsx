import { ApiError } from '@gatehouse/contract/client';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../test/rendering/rendered.tsx';
import { FaultPage } from './fault-page.tsx';
import { app } from './texts/app-en.ts';

const shown = (error: Error) => textOf(<FaultPage error={error} reset={() => undefined} />);
const { unreachable, broken, reload } = app.fault;

describe('a screen that could not be shown', () => {
  test.each(['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'])(
    'says that the server was not reached where the browser says %j',
    (message) => {
      expect(shown(new TypeError(message))).toContain(unreachable);
    },
  );

  test('says so, too, where the answer took too long', () => {
    expect(shown(new DOMException('The operation timed out.', 'TimeoutError'))).toContain(unreachable);
  });

  test.each([
    'Failed to fetch dynamically imported module: https://gate.example.org/assets/a.js',
    'error loading dynamically imported module',
    'Importing a module script failed.',
    'Unable to preload CSS for /assets/a.css',
  ])('offers one button where a part of the app did not come (%j): to try is to load the page', (message) => {
    const text = shown(new TypeError(message));
    expect(text).toContain(unreachable);
    expect(text).not.toContain(reload);
  });

  test('says what the server said', () => {
    const problem = { code: 403, error: 'forbidden', message: 'You may not read this.', requestId: 'r-1' } as const;
    expect(shown(new ApiError(problem))).toContain('You may not read this.');
  });

  test('admits a fault of the app, without its words', () => {
    const text = shown(new TypeError("Cannot read properties of undefined (reading 'id')"));
    expect(text).toContain(broken);
    expect(text).toContain(reload);
    expect(text).not.toContain('undefined');
  });
});
