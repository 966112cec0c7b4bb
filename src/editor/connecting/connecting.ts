import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RecordId } from '../../design/design.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { WorkspaceState } from '../../workspace/workspace.ts';
import { verdictBetween } from './meanings.ts';

/** An arrow that is being drawn, and the cards that it can end at. */
interface Connecting {
  readonly source: RecordId | undefined;
  readonly legal: ReadonlySet<RecordId>;
}

const NOTHING: Connecting = { source: undefined, legal: new Set() };

const connecting = createStore<Connecting>(() => NOTHING);

export function useConnecting<Value>(select: (state: Connecting) => Value): Value {
  return useStore(connecting, select);
}

/** An arrow starts: what it can end at lights up. */
export function beginConnecting({ design, registry }: WorkspaceState, source: RecordId): void {
  if (!design.records.has(source)) return;
  const legal = new Set<RecordId>();
  for (const id of design.records.keys()) {
    if (id !== source && !isRefusal(verdictBetween({ design, registry }, source, id))) legal.add(id);
  }
  connecting.setState({ source, legal });
}

export function endConnecting(): void {
  if (connecting.getState().source !== undefined) connecting.setState(NOTHING);
}
