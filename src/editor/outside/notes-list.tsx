import type { Note } from '../../interchange/note.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useOutsideText } from './outside-text.ts';

const MOST_SHOWN = 200;
const ORDER: readonly Note['kind'][] = ['refused', 'lost', 'changed', 'info'];

/** Everything that was lost, changed or taken away, the worst first. */
export function NotesList({ notes }: { readonly notes: readonly Note[] }) {
  const t = useOutsideText();
  if (notes.length === 0) return null;
  const sorted = notes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return (
    <section className="outside-notes" aria-label={t('notes', { count: notes.length })}>
      <h3 className="field-label">{t('notes', { count: notes.length })}</h3>
      {/* A list that scrolls is reached by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="skipped" tabIndex={0}>
        {sorted.slice(0, MOST_SHOWN).map((note, index) => (
          // Notes have no name of their own, and the list never changes in place.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            {note.line > 0 && (
              <code>
                {visibleText(note.file)}:{note.line}
              </code>
            )}
            {visibleText(t.note(note))}
          </li>
        ))}
        {sorted.length > MOST_SHOWN && <li>{t('moreNotes', { count: sorted.length - MOST_SHOWN })}</li>}
      </ul>
    </section>
  );
}
