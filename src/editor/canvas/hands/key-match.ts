import { hasModifier } from '../../hotkeys.ts';

/** How a key with Alt or Shift is called on any keyboard: by its place, since Alt makes other letters of some. */
function keyOf({ code, key }: KeyboardEvent): string {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^Digit\d$/.test(code)) return code.slice(5);
  if (code === 'Quote') return "'";
  if (code === 'BracketLeft') return '[';
  if (code === 'BracketRight') return ']';
  return key;
}

/** Whether a press is a key such as `Mod+Shift+ArrowLeft`: all of its modifiers and no other. */
export function matchesKey(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const wanted = (name: string): boolean => parts.includes(name);
  const foreign = event.ctrlKey && event.metaKey;
  return (
    !foreign &&
    hasModifier(event) === wanted('Mod') &&
    (event.ctrlKey || event.metaKey) === wanted('Mod') &&
    event.shiftKey === wanted('Shift') &&
    event.altKey === wanted('Alt') &&
    keyOf(event) === parts.at(-1)
  );
}
