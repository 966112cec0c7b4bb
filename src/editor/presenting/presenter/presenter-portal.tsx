import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './presenter.css';
import { closePresenter, usePresenterWindow } from './presenter-window.ts';

/** What stands in the window of who presents, while it is open; it goes with what is presented. */
export function PresenterPortal({ children }: { readonly children: ReactNode }) {
  const opened = usePresenterWindow();
  useEffect(() => closePresenter, []);
  return opened === undefined ? null : createPortal(children, opened.document.body);
}
