import { WebLinksAddon } from '@xterm/addon-web-links';
import type { ILinkHandler } from '@xterm/xterm';
import { webAddress } from './untrusted-text.ts';

/** What happens to a link of the terminal. */
export interface LinkListener {
  /** Somebody wants to follow a link and has not seen where it leads, or has touched it perhaps by mistake. */
  readonly onLink: (address: URL) => void;
  /** What is said of a link that the pointer is over. */
  readonly describeLink: (address: URL) => string;
}

/** The links of a terminal; `element` says where the one under the pointer leads. */
export interface Links {
  /** Behind any text that the server has chosen (OSC 8). */
  readonly hidden: ILinkHandler;
  /** Addresses that can be read in the text. */
  readonly visible: WebLinksAddon;
}

/** A click alone selects and goes to programs, so that links want Ctrl or, on a Mac, Command with it; a finger has neither, and is asked. */
export function createLinks(element: HTMLElement, { onLink, describeLink }: LinkListener): Links {
  const hover = (_: MouseEvent, uri: string) => {
    const address = webAddress(uri);
    if (address !== undefined) element.title = describeLink(address);
  };
  const leave = () => {
    element.removeAttribute('title');
  };
  const follow = (event: MouseEvent, uri: string, open: (address: URL) => void) => {
    const address = webAddress(uri);
    if (address === undefined) return;
    if (event.ctrlKey || event.metaKey) open(address);
    else if (isTouched()) onLink(address);
  };
  return {
    hidden: {
      activate: (event, uri) => {
        follow(event, uri, onLink);
      },
      hover,
      leave,
    },
    visible: new WebLinksAddon(
      (event, uri) => {
        follow(event, uri, openAddress);
      },
      { hover, leave },
    ),
  };
}

function isTouched(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

/** In a window of its own that knows nothing of this one. */
export function openAddress(address: URL): void {
  window.open(address.href, '_blank', 'noopener,noreferrer');
}
