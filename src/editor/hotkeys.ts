const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** How a key with the platform's command key is written for a person: `Ctrl+D`, `⌘D`. */
export function modified(key: string): string {
  return IS_MAC ? `⌘${key}` : `Ctrl+${key}`;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };

/** A hotkey (`Mod+Shift+ArrowLeft`) for a person: `Ctrl+Shift+←`, `⌘⇧←`. */
export function hotkeyLabel(hotkey: string): string {
  const parts = hotkey.split('+').map((part) => SIGNS[part] ?? part);
  if (IS_MAC) return parts.map((part) => MAC_SIGNS[part] ?? part).join('');
  return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
}

export function hasModifier(event: KeyboardEvent | React.KeyboardEvent): boolean {
  return IS_MAC ? event.metaKey : event.ctrlKey;
}

/** Whether the keyboard is typing into something: the page's own keys then stay out of the way. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=textbox]'))
  );
}
