import { useState } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import { isComposing } from '../../kit/composition.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { useShelf, useShelfState } from '../shelf-context.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { when } from '../when.ts';

/** The name of the design, how large it is, and whether it is kept. A press on the name changes it. */
export function DesignTitle() {
  const t = useText();
  const objects = useWorkspaceState(({ design }) => design.records.size);
  const isEmpty = useWorkspaceState(({ design }) => design.files.size === 0);
  const name = useShelfState((state) => state.name);
  const [editing, setEditing] = useState(false);
  if (isEmpty && name === '') return null;
  const shown = name === '' ? t('files:untitled') : visibleText(name);
  return (
    <div className="design-title wide-only">
      <span className="bar-line" />
      {editing ? (
        <NameField name={name} onDone={() => setEditing(false)} />
      ) : (
        <button type="button" className="design-name" title={t('files:rename')} onClick={() => setEditing(true)}>
          {shown}
        </button>
      )}
      <span className="design-facts">{t('shell:objects', { count: objects })}</span>
      <SaveMark />
    </div>
  );
}

function NameField({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const t = useText();
  const shelf = useShelf();
  const [text, setText] = useState(name);
  const commit = () => {
    const wanted = text.trim();
    if (wanted !== '' && wanted !== name) shelf.rename(wanted);
    onDone();
  };
  return (
    <input
      className="input design-name-field"
      aria-label={t('files:rename')}
      value={text}
      // The name was pressed to type here.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      spellCheck={false}
      autoComplete="off"
      maxLength={80}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}

/** Says quietly that the work is kept; where it is not, the banner says so aloud. */
function SaveMark() {
  const t = useText();
  const { status, savedAt, exportedAt, persisted } = useShelfState((state) => state);
  if (status === 'new') return null;
  const hints = [
    savedAt === undefined ? '' : t('files:savedHint', { time: when(savedAt, t) }),
    exportedAt === undefined ? t('files:neverExported') : t('files:exportedHint', { time: when(exportedAt, t) }),
    persisted === false ? t('files:notPersisted') : '',
  ].filter(Boolean);
  const word = status === 'saved' ? t('files:saved') : status === 'failed' ? t('files:notSaved') : t('files:saving');
  return (
    <TooltipTrigger delay={300} closeDelay={0}>
      <AriaButton className={`save-mark save-${status}`}>
        <span className="save-dot" aria-hidden />
        <span className="save-word">{word}</span>
      </AriaButton>
      <Tooltip className="tooltip" placement="bottom" offset={6}>
        {hints.join(' ')}
      </Tooltip>
    </TooltipTrigger>
  );
}
