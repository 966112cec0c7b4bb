const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** How a key with the platform's command key is written for a person: `Ctrl+D`, `⌘D`. */
export function modified(key: string): string {
  return IS_MAC ? `⌘${key}` : `Ctrl+${key}`;
}

/** A command's hotkey (`Mod+D`) for a person. */
export function hotkeyLabel(hotkey: string): string {
  return IS_MAC ? hotkey.replace('Mod+', '⌘') : hotkey.replace('Mod+', 'Ctrl+');
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
