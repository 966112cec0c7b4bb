import { createStore } from 'zustand/vanilla';
import { openLedger } from '../ledger-state.ts';
import { pane } from '../pane-state.ts';

/** The form with which requests are sent; `target` is what it was asked for: `Service/shop/web`. */
export const sendForm = createStore<{ readonly open: { readonly target: string | undefined } | undefined }>(() => ({
  open: undefined,
}));

/** Shows the form, and the ledger that tells how the requests fare. */
export function openSendForm(target?: string): void {
  pane.setState(({ hidden }) => ({ hidden: new Set([...hidden].filter((ledger) => ledger !== 'traffic')) }));
  openLedger('traffic');
  sendForm.setState({ open: { target } });
}

export function closeSendForm(): void {
  sendForm.setState({ open: undefined });
}
