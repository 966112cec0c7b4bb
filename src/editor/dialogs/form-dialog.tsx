import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { isComposing } from '../../kit/composition.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { useText } from '../i18n.ts';
import { closeDialog } from '../page-state.ts';

interface FormDialogProps {
  readonly title: string;
  readonly label: string;
  readonly start: string;
  readonly action: string;
  /** Existing answers, offered while typing. */
  readonly suggestions?: readonly string[];
  readonly children?: ReactNode;
  /** Gives the reason when the value is refused; the dialog then stays. */
  readonly onSubmit: (value: string) => string | undefined;
}

/** A dialog with one field: type, Enter. A refused value shows its reason at the field. */
export function FormDialog({ title, label, start, action, suggestions, children, onSubmit }: FormDialogProps) {
  const t = useText();
  const [value, setValue] = useState(start);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const submit = () => {
    const reason = onSubmit(value.trim());
    if (reason === undefined) closeDialog();
    else setRefused(reason);
  };
  return (
    <Dialog
      title={title}
      closeLabel={t('shell:close')}
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('shell:cancel')}</Button>
          <Button look="primary" onPress={submit}>
            {action}
          </Button>
        </>
      }
    >
      <div className="field">
        <label className="field-label" htmlFor="dialog-field">
          {label}
        </label>
        <input
          id="dialog-field"
          className="input input-mono"
          value={value}
          // The dialog was opened to type here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          spellCheck={false}
          autoComplete="off"
          list={suggestions ? 'dialog-suggestions' : undefined}
          aria-invalid={refused !== undefined}
          aria-describedby={refused === undefined ? undefined : 'dialog-error'}
          onChange={(event) => {
            setValue(event.target.value);
            setRefused(undefined);
          }}
          onFocus={(event) => event.target.select()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isComposing(event)) return;
            event.preventDefault();
            submit();
          }}
        />
        {suggestions && (
          <datalist id="dialog-suggestions">
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion}>
                {suggestion}
              </option>
            ))}
          </datalist>
        )}
        {refused !== undefined && (
          <p className="field-error" id="dialog-error" role="alert">
            {refused}
          </p>
        )}
      </div>
      {children}
    </Dialog>
  );
}
