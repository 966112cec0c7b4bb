import { FailureNotice } from './failure-notice.tsx';
import { SavingNotice } from './files/saving-notice.tsx';
import { ImportNotice } from './importing/import-notice.tsx';
import { Toasts } from './toasts-view.tsx';

/** What is told over the canvas: answers to what was just done, and what stays until somebody deals with it. */
export default function Notices() {
  return (
    <div className="notices">
      <Toasts />
      <SavingNotice />
      <FailureNotice />
      <ImportNotice />
    </div>
  );
}
