import { useMemo } from 'react';
import type { Design, SegmentId } from '../../design/design.ts';
import { segmentOf } from '../../design/records.ts';
import { DifferenceView } from '../../kit/difference-view.tsx';
import { useText } from '../i18n.ts';

/** Documents whose difference is drawn; of more, only the number is said. */
const MOST_SHOWN = 20;

interface Changed {
  readonly id: SegmentId;
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The exact text that a command would write, document by document. */
export function ChangedFiles({ before, after }: { readonly before: Design; readonly after: Design }) {
  const t = useText();
  const changes = useMemo(() => changedDocuments(before, after), [before, after]);
  return (
    <>
      {changes.slice(0, MOST_SHOWN).map((change) => (
        <figure key={change.id} className="preview">
          <figcaption className="quiet">{t('dialogs:writes', { file: change.file })}</figcaption>
          <DifferenceView
            before={change.before}
            after={change.after}
            label={t('dialogs:writes', { file: change.file })}
          />
        </figure>
      ))}
      {changes.length > MOST_SHOWN && (
        <p className="quiet">{t('inspector:moreFields', { count: changes.length - MOST_SHOWN })}</p>
      )}
    </>
  );
}

function changedDocuments(before: Design, after: Design): readonly Changed[] {
  return [...after.files.values()].flatMap((file) =>
    file.segments.flatMap((id): Changed[] => {
      const old = before.segments.get(id);
      const now = segmentOf(after, id);
      if (old === now || old?.text === now.text || /^[\s-]*$/.test(now.text)) return [];
      return [{ id, file: file.path, before: old?.text ?? '', after: now.text }];
    }),
  );
}
