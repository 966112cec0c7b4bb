import type { KeyboardEvent } from 'react';
import { isComposing } from '../../kit/composition.ts';

/**
 * Keys of the palette: up and down move between the items, Home and End to the first and last, right and left to an item's
 * star and back. From the search field down goes to the first item and Enter adds it.
 */
export function onPaletteKey(event: KeyboardEvent<HTMLElement>): void {
  if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const root = event.currentTarget;
  const target = event.target as HTMLElement;
  const items = [...root.querySelectorAll<HTMLElement>('.palette-item')];
  const row = target.closest('.palette-row');
  const at = items.findIndex((item) => item.closest('.palette-row') === row);
  const go = (next: HTMLElement | null | undefined): void => {
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
  if (target.matches('input')) {
    if (event.key === 'ArrowDown') go(items[0]);
    else if (event.key === 'Enter') {
      event.preventDefault();
      items[0]?.click();
    }
    return;
  }
  if (!row) return;
  switch (event.key) {
    case 'ArrowDown':
      return go(items[at + 1]);
    case 'ArrowUp':
      return go(at === 0 ? root.querySelector('input') : items[at - 1]);
    case 'Home':
      return go(items[0]);
    case 'End':
      return go(items.at(-1));
    case 'ArrowRight':
      return go(row.querySelector<HTMLElement>('.palette-star'));
    case 'ArrowLeft':
      return go(items[at]);
    default:
  }
}
