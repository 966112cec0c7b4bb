import type { ProblemTreeRow } from './problem-rows.ts';

/** What a key does in the tree: another row takes the focus, or a button of this row is pressed. */
export type TreeAction =
  | { readonly type: 'focus'; readonly key: string }
  | { readonly type: 'press'; readonly name: 'go' | 'toggle' | 'fix' | 'menu' };

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Keys of a tree as the ARIA practices have them; F opens the fix, M or the menu key the menu. */
export function treeAction(event: Key, rows: readonly ProblemTreeRow[], at: number): TreeAction | undefined {
  const row = rows[at];
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const focus = (index: number): TreeAction | undefined => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    return target && { type: 'focus', key: target.key };
  };
  switch (event.key) {
    case 'ArrowDown':
      return focus(at + 1);
    case 'ArrowUp':
      return focus(at - 1);
    case 'PageDown':
      return focus(at + 10);
    case 'PageUp':
      return focus(at - 10);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(rows.length - 1);
    case 'ArrowLeft':
      if (row.type === 'problem') return focus(at - row.place);
      return row.open ? { type: 'press', name: 'toggle' } : undefined;
    case 'ArrowRight':
      if (row.type === 'problem') return undefined;
      return row.open ? focus(at + 1) : { type: 'press', name: 'toggle' };
    case 'Enter':
      return { type: 'press', name: 'go' };
    case ' ':
      return { type: 'press', name: row.type === 'group' ? 'toggle' : 'go' };
    case 'f':
      return row.type === 'problem' ? { type: 'press', name: 'fix' } : undefined;
    case 'm':
    case 'ContextMenu':
      return row.type === 'problem' ? { type: 'press', name: 'menu' } : undefined;
    case 'F10':
      return event.shiftKey && row.type === 'problem' ? { type: 'press', name: 'menu' } : undefined;
    default:
      return undefined;
  }
}
