/** The key code of a key that an input method or a screen keyboard processes: the text follows, or came before, in another event (UI Events). */
const processKeyCode = 229;

/** The used part of a keyboard event. */
type ProcessedKey = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

/** What a processed key without text sends: Escape, and Ctrl with a letter. An input method reports neither as itself. */
export function controlOf({ code, ctrlKey, altKey, metaKey, shiftKey }: ProcessedKey): string | undefined {
  if (altKey || metaKey || shiftKey) return undefined;
  if (!ctrlKey) return code === 'Escape' ? '\u001B' : undefined;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter === undefined ? undefined : String.fromCharCode(letter.charCodeAt(0) - 0x40);
}

/** What to send for a change of the text in an input: a DEL for each deleted character, then what was inserted. */
export function changeOf(before: string, after: string): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  // Half of a surrogate pair is no character.
  if (/[\uD800-\uDBFF]/.test(before[same - 1] ?? '')) same -= 1;
  return before.slice(same).replaceAll(/./gsu, '\u007F') + after.slice(same).replaceAll('\n', '\r');
}

/**
 * Sends the text of processed keys at once. The emulator compares its text field before and after such a key, a moment later: when the next key is
 * pressed meanwhile, characters are lost or sent twice (xterm.js 5887, 6045). Compositions are left to it. Returns the function that says whether a
 * key that was pressed is handled here.
 */
export function takeProcessedKeys(
  element: HTMLElement,
  send: (text: string) => void,
): (event: KeyboardEvent) => boolean {
  let composition = 0;
  let isComposing = false;
  let isProcessed = false;
  let before = '';
  element.addEventListener(
    'compositionstart',
    () => {
      composition += 1;
      isComposing = true;
      isProcessed = false;
    },
    true,
  );
  // The emulator sends a composition, and what is typed directly behind it, in a task of its own, which it queues before this one.
  element.addEventListener('compositionend', () => {
    const ended = composition;
    setTimeout(() => {
      if (ended === composition) isComposing = false;
    });
  });
  element.addEventListener(
    'beforeinput',
    ({ target }) => {
      before = textIn(target);
    },
    true,
  );
  element.addEventListener(
    'input',
    (event) => {
      if (!isProcessed || isComposing) return;
      event.stopPropagation();
      const text = changeOf(before, textIn(event.target));
      if (text !== '') send(text);
    },
    true,
  );
  return (event) => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- `key` says what an input method made of it, or nothing
    isProcessed = event.keyCode === processKeyCode && !isComposing && !event.isComposing;
    const control = isProcessed ? controlOf(event) : undefined;
    if (control !== undefined) send(control);
    return isProcessed;
  };
}

function textIn(target: EventTarget | null): string {
  return target instanceof HTMLTextAreaElement ? target.value : '';
}
