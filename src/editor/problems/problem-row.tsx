import { Ellipsis, Wrench } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { Problem } from '../../design/problem.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { useWorkspace } from '../workspace-context.ts';
import { goToProblem } from './go-to-problem.ts';
import { ProblemWordsView, SeverityIcon } from './problem-line.tsx';
import { ProblemMenu } from './problem-menu.tsx';
import { problemSource } from './problem-source.ts';
import { useHasFix } from './use-fixes.ts';

interface ProblemRowProps {
  readonly name: string;
  readonly problem: Problem;
  readonly place: number;
  readonly of: number;
  readonly active: boolean;
  readonly onFocus: (key: string) => void;
}

/** One problem: what is wrong, at which field, and what can be done. A press goes to the field. */
export const ProblemRow = memo(function ProblemRow({ name, problem, place, of, active, onFocus }: ProblemRowProps) {
  const t = useText();
  const workspace = useWorkspace();
  const menuButton = useRef<HTMLButtonElement>(null);
  const hasFix = useHasFix(problem);
  const [menuOpen, setMenuOpen] = useState(false);
  const field = visibleText(formatFieldPath(problem.field));
  const source = t(`problems:source.${problemSource(problem)}`);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="treeitem"
      className="problem-row"
      data-row={name}
      aria-level={2}
      aria-posinset={place}
      aria-setsize={of}
      aria-selected={active}
      tabIndex={active ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && onFocus(name)}
      onClick={() => {
        // A person who marks the server's words to copy them goes nowhere.
        if (document.getSelection()?.isCollapsed !== false) goToProblem(workspace, problem);
      }}
    >
      <SeverityIcon severity={problem.severity} />
      <ProblemWordsView problem={problem} />
      {field !== '' && (
        <code className="problem-field" title={field}>
          <bdi>{field}</bdi>
        </code>
      )}
      <span className="problem-tag">{source}</span>
      <span className="problem-actions">
        {hasFix && (
          <button
            type="button"
            className="button button-small problem-fix"
            data-action="fix"
            tabIndex={active ? 0 : -1}
            onClick={(event) => {
              event.stopPropagation();
              openDialog({ type: 'fix', problem });
            }}
          >
            <Wrench size={12} aria-hidden /> {t('problems:fix')}
          </button>
        )}
        <button
          ref={menuButton}
          type="button"
          className="button button-quiet button-icon button-small"
          data-action="menu"
          aria-label={t('problems:menu')}
          aria-haspopup="menu"
          tabIndex={active ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation();
            setMenuOpen(true);
          }}
        >
          <Ellipsis size={14} aria-hidden />
        </button>
      </span>
      {menuOpen && <ProblemMenu problem={problem} anchor={menuButton} onClose={() => setMenuOpen(false)} />}
    </div>
  );
});
