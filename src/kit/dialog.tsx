import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that does the thing last. */
  readonly footer?: ReactNode;
  readonly wide?: boolean;
  /** Takes most of the page: a gallery. */
  readonly huge?: boolean;
  readonly role?: 'dialog' | 'alertdialog';
}

/** A dialog over the page; shown while it is rendered. Escape and a press outside close it. */
export function Dialog({ title, closeLabel, onClose, children, footer, wide, huge, role = 'dialog' }: DialogProps) {
  return (
    <ModalOverlay className="modal-overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={`modal${wide ? ' modal-wide' : ''}${huge ? ' modal-huge' : ''}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <IconButton label={closeLabel} icon={<X size={16} />} onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {footer && <footer className="dialog-foot">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
