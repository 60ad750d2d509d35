import { afterEach, describe, expect, test, vi } from 'vitest';
import { copyText, readClipboard } from './clipboard.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page without the clipboard of the browser: what is selected in a field can be copied by a command. */
function page({ copies = true }: { readonly copies?: boolean } = {}) {
  const fields: { value: string; style: Record<string, string>; selected: boolean; removed: boolean }[] = [];
  let focused = 0;
  class HTMLElement {
    focus() {
      focused++;
    }
  }
  const document = {
    activeElement: new HTMLElement(),
    createElement: () => {
      const field = {
        value: '',
        style: {},
        selected: false,
        removed: false,
        select() {
          field.selected = true;
        },
        remove() {
          field.removed = true;
        },
      };
      fields.push(field);
      return field;
    },
    body: { append: () => undefined },
    execCommand: (command: string) => command === 'copy' && copies && fields.at(-1)?.selected === true,
  };
  vi.stubGlobal('HTMLElement', HTMLElement);
  vi.stubGlobal('document', document);
  return { fields, focusCount: () => focused };
}

const refused = () => Promise.reject(new DOMException('not allowed', 'NotAllowedError'));

describe('copyText', () => {
  test('takes the clipboard of the browser', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(written.push(text)) } });
    const { fields } = page();
    expect(await copyText('ssh-ed25519 AAAA')).toBe(true);
    expect([written, fields]).toEqual([['ssh-ed25519 AAAA'], []]);
  });

  test.each([
    ['on plain HTTP', {}],
    ['where the browser refuses', { clipboard: { writeText: refused } }],
  ])('selects the text in a field %s, which is gone again after it', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    const { fields, focusCount } = page();
    expect(await copyText('several\nlines')).toBe(true);
    expect(fields).toMatchObject([{ value: 'several\nlines', removed: true }]);
    expect(focusCount()).toBe(1);
  });

  test('says when nothing worked, and leaves no field behind', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: refused } });
    const { fields } = page({ copies: false });
    expect(await copyText('text')).toBe(false);
    expect(fields).toMatchObject([{ removed: true }]);
  });
});

describe('readClipboard', () => {
  test('is what the clipboard holds', async () => {
    vi.stubGlobal('navigator', { clipboard: { readText: () => Promise.resolve('pasted') } });
    expect(await readClipboard()).toBe('pasted');
  });

  test.each([
    ['on plain HTTP', {}],
    ['where the person refuses', { clipboard: { readText: refused } }],
  ])('is not known %s', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    expect(await readClipboard()).toBeUndefined();
  });
});
