import { useEffect, useId, useRef, useState } from 'react';
import { isComposing } from './composition.ts';

interface CommitInputProps {
  readonly label: string;
  /** Hide the label from the eye where the row already shows it. */
  readonly labelHidden?: boolean;
  readonly value: string;
  /** Called on Enter and on blur when the text changed. Gives the reason when the value is refused. */
  readonly onCommit: (value: string) => string | undefined;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly multiline?: boolean;
  readonly inputMode?: 'text' | 'numeric';
  readonly autoFocus?: boolean;
  readonly readOnly?: boolean;
  /** What stands in it is wrong, and the element of this id says why. */
  readonly invalidBy?: string | undefined;
}

/**
 * A text field that keeps what is typed until it is committed: Enter or leaving commits, Escape takes it back, and a
 * refused value stays with its reason beneath it. Safe with input methods.
 */
export function CommitInput(props: CommitInputProps) {
  const { label, labelHidden, value, onCommit, hint, placeholder, mono, multiline, inputMode, autoFocus, readOnly } =
    props;
  const id = useId();
  const [draft, setDraft] = useState(value);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const committed = useRef(value);
  useEffect(() => {
    if (committed.current === value) return;
    committed.current = value;
    setDraft(value);
    setRefused(undefined);
  }, [value]);

  const commit = () => {
    if (draft === committed.current || readOnly) return setRefused(undefined);
    const reason = onCommit(draft);
    setRefused(reason);
    if (reason === undefined) committed.current = draft;
  };
  const shared = {
    id,
    className: `input${mono ? ' input-mono' : ''}`,
    value: draft,
    placeholder,
    autoFocus,
    readOnly,
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': refused !== undefined || props.invalidBy !== undefined,
    'aria-describedby': refused === undefined ? props.invalidBy : `${id}-error`,
    onBlur: commit,
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      commit();
    } else if (event.key === 'Escape' && draft !== committed.current) {
      event.stopPropagation();
      setDraft(committed.current);
      setRefused(undefined);
    }
  };
  return (
    <div className="field">
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : 'field-label'}>
        <span>{label}</span>
        {hint && !labelHidden && <span className="field-hint">{hint}</span>}
      </label>
      {multiline ? (
        <textarea
          {...shared}
          rows={Math.min(10, Math.max(2, draft.split('\n').length))}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
      ) : (
        <input
          {...shared}
          inputMode={inputMode}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {refused !== undefined && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}
