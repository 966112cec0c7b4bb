import type { KeyboardEvent } from 'react';

/**
 * Whether a key press belongs to an input method that is still composing: Enter then picks a candidate and must not
 * commit the field. Browsers disagree on how they say it, so both signs are read.
 */
export function isComposing(event: KeyboardEvent | globalThis.KeyboardEvent): boolean {
  const native = 'nativeEvent' in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}
