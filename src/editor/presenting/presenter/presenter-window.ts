import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { showToast } from '../../../kit/toasts.ts';
import { i18n } from '../../i18n.ts';
import { settings } from '../../settings.ts';
import { startTimer } from './presenter-timer.ts';

/** The second window of who presents; the page itself draws into it, so it works from a file and without a network. */
const presenter = createStore<{ readonly window: Window | undefined }>(() => ({ window: undefined }));

export function usePresenterWindow(): Window | undefined {
  return useStore(presenter, (state) => state.window);
}

/** Opens it, or brings it to the front where it is open. */
export function openPresenter(): void {
  const before = presenter.getState().window;
  if (before !== undefined && !before.closed) return before.focus();
  const opened = window.open('', 'drydock-presenter', 'popup,width=960,height=640');
  if (opened === null) return showToast({ text: i18n.t('presenting:refused'), tone: 'bad' });
  prepare(opened.document);
  opened.addEventListener('pagehide', closePresenter);
  opened.addEventListener('keydown', passOn);
  startTimer();
  presenter.setState({ window: opened });
}

export function closePresenter(): void {
  const { window: opened } = presenter.getState();
  if (opened === undefined) return;
  presenter.setState({ window: undefined });
  opened.close();
}

/** What it is called, and the language that is read aloud there. */
export function namePresenter(title: string, language: string): void {
  const { window: opened } = presenter.getState();
  if (opened === undefined) return;
  opened.document.title = title;
  opened.document.documentElement.lang = language;
}

/** Presses a key of the hall: whatever leads there does what the key means. */
export function pressInHall(key: string, modifiers: Pick<KeyboardEventInit, 'shiftKey'> = {}): boolean {
  return !window.dispatchEvent(new KeyboardEvent('keydown', { key, ...modifiers, bubbles: true, cancelable: true }));
}

/** Keys that only the window which has the focus may have. */
const OWN_KEYS: ReadonlySet<string> = new Set(['Tab', 'Enter', 'f', 'F5', '?']);

function passOn(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || OWN_KEYS.has(event.key)) return;
  const isOnButton = event.target instanceof Node && event.target.nodeName === 'BUTTON';
  if (event.key === ' ' && isOnButton) return;
  if (pressInHall(event.key, { shiftKey: event.shiftKey })) event.preventDefault();
}

/** The same look as the page. */
function prepare(document: Document): void {
  document.head.replaceChildren();
  document.body.replaceChildren();
  for (const sheet of window.document.querySelectorAll('link[rel=stylesheet], style')) {
    const copy = document.importNode(sheet, true);
    if (sheet instanceof HTMLLinkElement) copy.setAttribute('href', sheet.href);
    document.head.append(copy);
  }
  document.body.className = 'presenter-body';
  const { theme } = settings.getState();
  if (theme !== 'system') document.documentElement.dataset['theme'] = theme;
}

addEventListener('pagehide', closePresenter);
