import { WebLinksAddon } from '@xterm/addon-web-links';
import type { ILinkHandler } from '@xterm/xterm';
import { webAddress } from './untrusted-text.ts';

/** The events of links in a terminal. */
export interface LinkListener {
  /** The person clicked a link whose address is hidden behind text, or touched one, perhaps by mistake. */
  readonly onLink: (address: URL) => void;
  /** The tooltip of a link. */
  readonly describeLink: (address: URL) => string;
}

/** The link handlers of a terminal; the tooltip of `element` shows the address under the pointer. */
export interface Links {
  /** Links behind text that the server chose (OSC 8). */
  readonly hidden: ILinkHandler;
  /** Addresses in the text. */
  readonly visible: WebLinksAddon;
}

/** A plain click selects text or is sent to the program, so links need Ctrl or, on a Mac, Command; a touch asks for confirmation. */
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

/** Opens an address in a new window without access to this one. */
export function openAddress(address: URL): void {
  window.open(address.href, '_blank', 'noopener,noreferrer');
}
