import { later } from '../later.tsx';
import { usePage } from '../page-state.ts';

const DialogOfType = later(() => import('./dialog-of-type.tsx'));

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = usePage((state) => state.dialog);
  return dialog && <DialogOfType dialog={dialog} />;
}
