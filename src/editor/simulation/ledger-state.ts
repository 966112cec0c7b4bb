import { createStore } from 'zustand/vanilla';
import { LEDGERS } from './pane-state.ts';
import type { Ledger } from './pane-state.ts';

/** The ledger that is open. */
export const ledgerState = createStore<{ readonly tab: Ledger }>(() => ({ tab: 'timeline' }));

export function openLedger(tab: string): void {
  ledgerState.setState({ tab: LEDGERS.find((ledger) => ledger === tab) ?? 'timeline' });
}
