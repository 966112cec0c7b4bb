import type { ReactNode } from 'react';
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
