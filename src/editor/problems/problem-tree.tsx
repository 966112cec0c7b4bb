import { useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '../i18n.ts';
import { usePage } from '../page-state.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { useWorkspace } from '../workspace-context.ts';
import { goToField, goToProblem } from './go-to-problem.ts';
import { GroupRow } from './group-row.tsx';
import { ProblemRow } from './problem-row.tsx';
import type { ProblemTreeRow } from './problem-rows.ts';
import { setCollapsed } from './problems-view.ts';
import { treeAction } from './tree-keys.ts';

/** Rows drawn at first, and with each step down: ten thousand problems are as quick to show as a hundred. */
const STEP = 120;

interface ProblemTreeProps {
  readonly rows: readonly ProblemTreeRow[];
  /** Changes when what is listed is another list: it begins at its top again. */
  readonly filter: unknown;
}

/** Objects and their problems as a tree: arrows walk, Enter goes, and one row at a time takes the focus. */
export function ProblemTree({ rows, filter }: ProblemTreeProps) {
  const t = useText();
  const workspace = useWorkspace();
  const tree = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | undefined>(undefined);
  const [limit, setLimit] = useState(STEP);
  const end = useEndReached(() => setLimit((now) => Math.min(rows.length, now + STEP)));
  const [listed, setListed] = useState(filter);
  if (listed !== filter) {
    setListed(filter);
    setLimit(STEP);
  }
  const focusRow = useCallback((key: string) => {
    setActive(key);
    rowElement(tree.current, key)?.focus();
  }, []);
  useShown(rows, setLimit, (key) => {
    setActive(key);
    requestAnimationFrame(() => {
      const element = rowElement(tree.current, key);
      element?.scrollIntoView({ block: 'nearest' });
      element?.focus();
    });
  });

  const shown = rows.slice(0, limit);
  const current = shown.some(({ key }) => key === active) ? active : shown[0]?.key;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.role !== 'treeitem') return;
    const at = shown.findIndex(({ key }) => key === target.dataset['row']);
    const action = treeAction(event, shown, at);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if (action.type === 'focus') focusRow(action.key);
    else if (action.name === 'go') goTo(workspace, shown[at]!);
    else if (action.name === 'toggle') toggle(shown[at]!);
    else target.querySelector<HTMLElement>(`[data-action="${action.name}"]`)?.click();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div ref={tree} className="problem-tree" role="tree" aria-label={t('shell:problems')} onKeyDown={onKeyDown}>
      {shown.map((row) =>
        row.type === 'group' ? (
          <GroupRow key={row.key} group={row.group} open={row.open} active={row.key === current} onFocus={setActive} />
        ) : (
          <ProblemRow
            key={row.key}
            name={row.key}
            problem={row.problem}
            place={row.place}
            of={row.of}
            active={row.key === current}
            onFocus={setActive}
          />
        ),
      )}
      {rows.length > limit && (
        <p ref={end} className="quiet problem-more" role="presentation">
          {t('problems:more', { count: rows.length - limit })}
        </p>
      )}
    </div>
  );
}

function goTo(workspace: Workspace, row: ProblemTreeRow): void {
  if (row.type === 'problem') goToProblem(workspace, row.problem);
  else goToField(workspace, row.group.record.id, []);
}

function toggle(row: ProblemTreeRow): void {
  if (row.type === 'group') setCollapsed([row.group.record.id], row.open);
}

function rowElement(tree: HTMLElement | null, key: string): HTMLElement | undefined {
  return [...(tree?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find(({ dataset }) => dataset['row'] === key);
}

/** Calls when the element comes near the screen. */
function useEndReached(reached: () => void): React.RefCallback<HTMLElement> {
  const latest = useRef(reached);
  useEffect(() => {
    latest.current = reached;
  });
  return useCallback((element) => {
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) latest.current();
      },
      { root: element.closest('.problem-scroll'), rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

/** Goes to the problem that another pane asks for, once its row is there. */
function useShown(
  rows: readonly ProblemTreeRow[],
  setLimit: (change: (limit: number) => number) => void,
  show: (key: string) => void,
): void {
  const wanted = usePage((state) => state.shownProblem);
  const done = useRef(0);
  useEffect(() => {
    if (!wanted || wanted.request === done.current) return;
    const at = rows.findIndex(({ key }) => key === wanted.key);
    if (at < 0) return;
    done.current = wanted.request;
    setLimit((limit) => Math.max(limit, at + STEP));
    show(wanted.key);
  });
}
