import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { nameOf } from '../../apimachinery/object.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { linesOfRecords } from '../source-lines.ts';
import { designOf, useWorkspace, useWorkspaceState, useWorkspaceStateSoon } from '../workspace-context.ts';
import { goToField } from './go-to-problem.ts';
import { SEVERITIES } from './problem-groups.ts';
import type { ProblemGroup } from './problem-groups.ts';
import { SeverityIcon } from './problem-line.tsx';
import { setCollapsed } from './problems-view.ts';

interface GroupRowProps {
  readonly group: ProblemGroup;
  readonly open: boolean;
  readonly active: boolean;
  readonly onFocus: (key: string) => void;
}

/** One object with problems: what it is, how many of each, and where it is written. */
export const GroupRow = memo(function GroupRow({ group, open, active, onFocus }: GroupRowProps) {
  const t = useText();
  const workspace = useWorkspace();
  const { record, counts } = group;
  const definition = useWorkspaceState(({ registry }) => registry.of(record.object));
  const line = linesOfRecords(useWorkspaceStateSoon(designOf)).get(record.id);
  const name = visibleText(nameOf(record.object)) || t('inspector:unnamed');
  const namespace = record.namespace === '' ? t('canvas:cluster') : visibleText(record.namespace);
  const file = `${visibleText(record.file)}${line === undefined ? '' : `:${line}`}`;
  const told = SEVERITIES.filter((severity) => counts[severity] > 0);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="treeitem"
      className="problem-group"
      data-row={record.id}
      aria-level={1}
      aria-expanded={open}
      aria-selected={active}
      tabIndex={active ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && onFocus(record.id)}
      onClick={() => setCollapsed([record.id], open)}
      onDoubleClick={() => goToField(workspace, record.id, [])}
    >
      <ChevronRight size={14} className="problem-chevron" aria-hidden />
      <KindIcon kind={definition} category={definition.category} />
      <span className="problem-object">
        <b>{name}</b>
        <span className="quiet">
          {visibleText(record.object.kind)} · {namespace}
        </span>
      </span>
      <span className="problem-counts">
        {told.map((severity) => (
          <span key={severity}>
            <SeverityIcon severity={severity} />
            {counts[severity]}
          </span>
        ))}
      </span>
      <span className="problem-file" title={file}>
        {file}
      </span>
    </div>
  );
});
