import { useMemo } from 'react';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Problem } from '../../design/problem.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { page, reveal } from '../page-state.ts';
import { SeverityIcon } from '../problem-line.tsx';
import { problemText } from '../problem-text.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

/** Rows drawn at once; the worst come first. */
const MOST_LISTED = 300;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

export function ProblemsPane() {
  const t = useText();
  const problems = useWorkspaceState((state) => state.problems);
  const sorted = useMemo(() => [...problems].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]), [problems]);
  if (problems.length === 0) return <p className="dock-empty">{t('problems:none')}</p>;
  return (
    <ul className="problem-list">
      {sorted.slice(0, MOST_LISTED).map((problem) => (
        <li key={`${problem.record} ${problem.id} ${formatFieldPath(problem.field)} ${problem.related?.join() ?? ''}`}>
          <ProblemRow problem={problem} />
        </li>
      ))}
      {sorted.length > MOST_LISTED && (
        <li className="quiet">{t('problems:more', { count: sorted.length - MOST_LISTED })}</li>
      )}
    </ul>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const t = useText();
  const workspace = useWorkspace();
  const record = useWorkspaceState(({ design }) => design.records.get(problem.record));
  if (!record) return null;
  const go = () => {
    page.setState({ edge: undefined, inspectorTab: 'form' });
    workspace.select([record.id]);
    reveal(record.id);
  };
  return (
    <button type="button" className="problem" onClick={go}>
      <SeverityIcon severity={problem.severity} />
      <b>
        {record.object.kind}/{visibleText(nameOf(record.object))}
      </b>
      <span>{problemText(t, problem)}</span>
      {problem.field.length > 0 && <code>{formatFieldPath(problem.field)}</code>}
    </button>
  );
}
