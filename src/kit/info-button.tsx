import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';

/** A small button that opens what is to be known of the thing beside it. */
export function InfoButton({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <DialogTrigger>
      <Button className="button button-quiet button-icon info-button" aria-label={label}>
        <Info size={12} aria-hidden />
      </Button>
      <Popover className="popover info-popover" placement="bottom end" offset={4}>
        <Dialog className="info-words" aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
