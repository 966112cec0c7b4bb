import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RecordId } from '../../design/design.ts';
import { NO_FILTER } from './problem-groups.ts';
import type { ProblemFilter } from './problem-groups.ts';

/** How the pane stands; it outlives the pane, so that looking at the files loses nothing. */
interface ProblemsView {
  readonly filter: ProblemFilter;
  readonly collapsed: ReadonlySet<RecordId>;
}

const view = createStore<ProblemsView>(() => ({ filter: NO_FILTER, collapsed: new Set() }));

export function useProblemsView<Value>(select: (state: ProblemsView) => Value): Value {
  return useStore(view, select);
}

export function changeFilter(change: Partial<ProblemFilter>): void {
  view.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

export function setCollapsed(records: Iterable<RecordId>, collapsed: boolean): void {
  view.setState(({ collapsed: before }) => {
    const next = new Set(before);
    for (const record of records) {
      if (collapsed) next.add(record);
      else next.delete(record);
    }
    return { collapsed: next };
  });
}
