import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';

/** The editor that a command opens: the run waits until its text is saved, or left as it was. */
export function TextEditor({ text, save }: { readonly text: string; readonly save: (text: string) => void }) {
  const t = useText();
  const [value, setValue] = useState(text);
  return (
    <form
      className="sim-edit"
      onSubmit={(event) => {
        event.preventDefault();
        save(value);
      }}
    >
      <textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the command was typed to open it
        autoFocus
        value={value}
        spellCheck={false}
        rows={Math.min(24, text.split('\n').length)}
        aria-label={t('simulation:editText')}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(value);
        }}
      />
      <div className="sim-edit-buttons">
        <Button look="primary" small onPress={() => save(value)}>
          {t('simulation:saveText')}
        </Button>
        <Button small onPress={() => save(text)}>
          {t('simulation:leaveText')}
        </Button>
      </div>
    </form>
  );
}
