import type { Fix } from '../../design/fixes/fix.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { sentence, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';

/** What a person should know of the result before it is made. */
export function FixNotes({ fix: { notes = [] } }: { readonly fix: Fix }) {
  const t = useText();
  if (notes.length === 0) return null;
  return (
    <ul className="quiet">
      {notes.map(({ id, params }) => (
        <li key={id}>{sentence(t, 'problems', `note.${id}`, shownParams(params))}</li>
      ))}
    </ul>
  );
}

/** What a fix does, in one line. */
export function fixText(t: Text, { id, params }: Fix): string {
  return sentence(t, 'problems', `fix.${id}`, shownParams(params));
}

function shownParams(params: Fix['params']): Fix['params'] {
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? visibleText(value) : value,
  ]);
  return Object.fromEntries(shown) as Fix['params'];
}
