import { TriangleAlert } from 'lucide-react';
import { visibleText } from '../../kit/visible-text.ts';
import { sentence, useText } from '../i18n.ts';
import { useWorkspaceState } from '../workspace-context.ts';

const MOST_LISTED = 500;

/** The files of the design, and in each what was not understood: it is kept and exported as it is. */
export function FilesPane() {
  const t = useText();
  const design = useWorkspaceState((state) => state.design);
  const files = [...design.files.values()];
  return (
    <ul className="file-list">
      {files.slice(0, MOST_LISTED).map((file) => {
        const objects = file.segments.reduce((sum, id) => {
          const segment = design.segments.get(id);
          return sum + (segment?.type === 'document' ? segment.records.length : 0);
        }, 0);
        return (
          <li key={file.path}>
            <div className="file-row">
              <span className="mono">{visibleText(file.path)}</span>
              <span className="quiet">{t('shell:objects', { count: objects })}</span>
            </div>
            {file.problems.map((problem, at) => (
              // oxlint-disable-next-line react/no-array-index-key
              <p key={at} className="file-row">
                <TriangleAlert
                  size={12}
                  className={problem.severity === 'error' ? 'tone-bad' : 'tone-warn'}
                  aria-hidden
                />
                <span className="mono">
                  {problem.position.line}:{problem.position.column}
                </span>
                <span>{sentence(t, 'manifest', problem.id, problem.params)}</span>
              </p>
            ))}
          </li>
        );
      })}
      {files.length > MOST_LISTED && (
        <li className="quiet">{t('inspector:moreFields', { count: files.length - MOST_LISTED })}</li>
      )}
    </ul>
  );
}
