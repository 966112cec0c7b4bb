import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly slot?: string;
  readonly className?: string;
}

export function Button({ look = 'plain', small, disabled, className, ...rest }: ButtonProps) {
  return (
    <AriaButton
      className={`button button-${look}${small ? ' button-small' : ''}${className ? ` ${className}` : ''}`}
      isDisabled={disabled ?? false}
      {...rest}
    />
  );
}

interface IconButtonProps {
  /** Read aloud, and shown on hover and focus. */
  readonly label: string;
  /** Shown beside the label: `Ctrl+Z`. */
  readonly hotkey?: string;
  readonly icon: ReactNode;
  readonly onPress?: () => void;
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  /** Of what is on or off: which of them. */
  readonly isOn?: boolean;
}

/** A button that shows only an icon; its name comes as a tooltip. */
export function IconButton({ label, hotkey, icon, onPress, small, disabled, className, isOn }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className={`button button-quiet button-icon${small ? ' button-small' : ''}${className ? ` ${className}` : ''}`}
        aria-label={label}
        isDisabled={disabled ?? false}
        {...(onPress && { onPress })}
        {...(isOn !== undefined && { 'aria-pressed': isOn })}
      >
        {icon}
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {hotkey && <span className="tooltip-key">{hotkey}</span>}
      </Tooltip>
    </TooltipTrigger>
  );
}
