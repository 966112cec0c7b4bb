import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Switch } from 'react-aria-components';

export interface ChoiceOption {
  readonly id: string;
  readonly label: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly hint?: string;
  readonly options: readonly ChoiceOption[];
  readonly value: string | null;
  readonly placeholder?: string;
  readonly onChange: (id: string) => void;
}

/** One of a few. */
export function Choice({ label, labelHidden, hint, options, value, placeholder, onChange }: ChoiceProps) {
  return (
    <Select
      className="field"
      value={value}
      placeholder={placeholder ?? ''}
      onChange={(key) => key !== null && key !== value && onChange(String(key))}
    >
      <Label className={labelHidden ? 'visually-hidden' : 'field-label'}>
        <span>{label}</span>
        {hint && <span className="field-hint">{hint}</span>}
      </Label>
      <Button className="select-button">
        <SelectValue />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="list-box" items={options}>
          {(option) => (
            <ListBoxItem className="list-item" id={option.id} textValue={option.label}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function Toggle({ label, value, onChange }: ToggleProps) {
  return (
    <Switch className="switch" isSelected={value} onChange={onChange}>
      <span className="switch-track" />
      <span>{label}</span>
    </Switch>
  );
}
