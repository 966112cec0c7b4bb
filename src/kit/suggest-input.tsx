import { ChevronDown } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { isComposing } from './composition.ts';

export interface Suggestion {
  /** What is written when it is chosen. */
  readonly id: string;
  readonly label?: string;
  /** Beside the label, in small. */
  readonly hint?: string;
}

interface SuggestInputProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string;
  /** What is offered; asked for when the field takes the focus. */
  readonly options: () => readonly Suggestion[];
  /** Called on Enter, on leaving and on a choice when the text changed. Gives the reason when the value is refused. */
  readonly onCommit: (value: string) => string | undefined;
  readonly hint?: string | undefined;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  /** What stands in it is wrong, and the element of this id says why. */
  readonly invalidBy?: string | undefined;
  /** Named by the button that opens the list, for who hears the page. */
  readonly openLabel: string;
}

/** Rows of the open list; typing finds the others. */
const MOST_ROWS = 100;
const NONE: readonly never[] = [];

/**
 * A text field that offers what is known, and takes anything. It keeps what is typed until it is committed: Enter, leaving
 * or a choice from the list commits, Escape takes it back. Safe with input methods.
 */
export function SuggestInput(props: SuggestInputProps) {
  const { label, labelHidden, value, options, onCommit, hint, placeholder, autoFocus, invalidBy, openLabel } = props;
  const id = useId();
  const [draft, showDraft] = useState(value);
  /** What stands in the field this very moment: leaving it right after a choice must not write what stood there before. */
  const latest = useRef(value);
  const setDraft = (text: string) => {
    latest.current = text;
    showDraft(text);
  };
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const committed = useRef(value);
  useEffect(() => {
    if (committed.current === value) return;
    committed.current = value;
    latest.current = value;
    showDraft(value);
    setRefused(undefined);
  }, [value]);
  const commit = (text: string) => {
    if (text === committed.current) return setRefused(undefined);
    const reason = onCommit(text);
    setRefused(reason);
    if (reason === undefined) committed.current = text;
  };
  const [focused, setFocused] = useState(false);
  const known = useMemo(() => (focused ? options() : NONE), [focused, options]);
  const shown = useMemo(() => {
    const typed = draft.toLowerCase();
    const fits = ({ id: key, label: name = '', hint: more = '' }: Suggestion) =>
      draft === value || `${key} ${name} ${more}`.toLowerCase().includes(typed);
    return known.filter(fits).slice(0, MOST_ROWS);
  }, [known, draft, value]);
  return (
    <ComboBox
      className="field suggest"
      allowsCustomValue
      allowsEmptyCollection={false}
      inputValue={draft}
      onInputChange={setDraft}
      // A choice that is known to be one closes the list; a text that only changed would open it again.
      selectedKey={known.some(({ id: key }) => key === draft) ? draft : null}
      onSelectionChange={(key) => {
        if (key === null) return;
        setDraft(String(key));
        commit(String(key));
      }}
      items={shown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      menuTrigger="input"
    >
      <Label className={labelHidden ? 'visually-hidden' : 'field-label'}>
        <span>{label}</span>
        {hint && !labelHidden && <span className="field-hint">{hint}</span>}
      </Label>
      <div className="suggest-box">
        <Input
          className="input input-mono"
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder ?? ''}
          // Opened to be answered at once.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={autoFocus ?? false}
          aria-invalid={refused !== undefined || invalidBy !== undefined}
          aria-describedby={refused === undefined ? invalidBy : `${id}-error`}
          onBlur={() => commit(latest.current)}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key === 'Enter' && !event.currentTarget.getAttribute('aria-activedescendant'))
              commit(latest.current);
            else if (event.key === 'Escape' && draft !== committed.current) {
              event.stopPropagation();
              setDraft(committed.current);
              setRefused(undefined);
            }
          }}
        />
        <Button className="suggest-open" aria-label={openLabel}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      {refused !== undefined && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {refused}
        </p>
      )}
      <Popover className="popover suggest-popover" offset={4}>
        <ListBox className="list-box">
          {(option: Suggestion) => (
            <ListBoxItem className="list-item" id={option.id} textValue={option.id}>
              <span className="suggest-words">{option.label ?? option.id}</span>
              {option.hint && <span className="search-hint">{option.hint}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
