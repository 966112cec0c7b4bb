import type { ReactNode, RefObject } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hotkey?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onAction: () => void;
}

export function MenuItems({ entries, label }: { readonly entries: readonly MenuEntry[]; readonly label: string }) {
  return (
    <Menu className="menu" aria-label={label}>
      {entries.map((entry) => (
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.label}
          className={`menu-item${entry.danger ? ' menu-item-danger' : ''}`}
          isDisabled={entry.disabled ?? false}
          onAction={entry.onAction}
        >
          {entry.icon}
          <span>{entry.label}</span>
          {entry.hotkey && <kbd className="menu-key">{entry.hotkey}</kbd>}
        </MenuItem>
      ))}
    </Menu>
  );
}

interface MenuButtonProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly className?: string;
}

/** A button that opens a menu. `label` names both. */
export function MenuButton({ label, children, entries, className }: MenuButtonProps) {
  return (
    <MenuTrigger>
      <AriaButton className={`button ${className ?? 'button-plain'}`} aria-label={label}>
        {children}
      </AriaButton>
      <Popover className="popover" offset={4}>
        <MenuItems entries={entries} label={label} />
      </Popover>
    </MenuTrigger>
  );
}

interface MenuAtProps {
  /** What the menu hangs on: it takes the focus again when the menu closes. */
  readonly anchor: RefObject<Element | null>;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Below what it hangs on, at its end unless said otherwise. */
  readonly placement?: 'bottom end' | 'bottom start';
  readonly onClose: () => void;
}

/** An open menu beside something that many rows share it with. */
export function MenuAt({ anchor, label, entries, placement = 'bottom end', onClose }: MenuAtProps) {
  return (
    <Popover
      className="popover"
      offset={4}
      placement={placement}
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
    >
      <MenuItems
        label={label}
        entries={entries.map((entry) => ({
          ...entry,
          onAction: () => {
            onClose();
            entry.onAction();
          },
        }))}
      />
    </Popover>
  );
}
