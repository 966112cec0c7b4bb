import { createStore } from 'zustand/vanilla';

/** Steps that somebody marked for a storyboard, by `branch/seq`. */
export const marks = createStore<{ readonly marked: ReadonlySet<string> }>(() => ({ marked: new Set() }));

export function markOf(branch: number, seq: number): string {
  return `${branch}/${seq}`;
}

export function toggleMark(mark: string): void {
  marks.setState(({ marked }) => {
    const next = new Set(marked);
    if (!next.delete(mark)) next.add(mark);
    return { marked: next };
  });
}
