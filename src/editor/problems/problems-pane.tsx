import { CircleCheck, LoaderCircle } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import './problems.css';
import { Button } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { designOf, problemsOf, useWorkspaceState, useWorkspaceStateSoon } from '../workspace-context.ts';
import { ProblemFilters } from './problem-filters.tsx';
import { countProblems, filterProblems, NO_FILTER, problemGroups } from './problem-groups.ts';
import { problemRows } from './problem-rows.ts';
import { problemSearchText } from './problem-text.ts';
import { ProblemTree } from './problem-tree.tsx';
import { changeFilter, useProblemsView } from './problems-view.ts';

/** Everything that deserves a look, by object. */
export function ProblemsPane() {
  const t = useText();
  const problems = useWorkspaceStateSoon(problemsOf);
  const design = useWorkspaceStateSoon(designOf);
  const collapsed = useProblemsView((state) => state.collapsed);
  const filter = useDeferredValue(useProblemsView((state) => state.filter));
  const counts = useMemo(() => countProblems(problems), [problems]);
  const kept = useMemo(
    () =>
      filterProblems(problems, filter, (problem) => problemSearchText(t, problem, design.records.get(problem.record))),
    [problems, filter, t, design],
  );
  const groups = useMemo(() => problemGroups(kept, design), [kept, design]);
  const rows = useMemo(() => problemRows(groups, collapsed), [groups, collapsed]);
  return (
    <div className="problems-pane">
      {problems.length > 0 && (
        <div className="problem-bar">
          <ProblemFilters counts={counts} />
          <span className="grow" />
          <output className="quiet">
            {kept.length === problems.length
              ? t('problems:all', { count: problems.length })
              : t('problems:some', { shown: kept.length, count: problems.length })}
          </output>
        </div>
      )}
      <Checking />
      <div className="problem-scroll">
        {rows.length > 0 ? (
          <ProblemTree rows={rows} filter={filter} />
        ) : problems.length > 0 ? (
          <p className="dock-empty">
            {t('problems:noneShown')}{' '}
            <Button small onPress={() => changeFilter(NO_FILTER)}>
              {t('problems:showAll')}
            </Button>
          </p>
        ) : (
          <NoProblems />
        )}
      </div>
    </div>
  );
}

function NoProblems() {
  const t = useText();
  const checking = useWorkspaceState(({ judged, pending }) => pending || judged.done < judged.total);
  if (checking) return null;
  return (
    <p className="dock-empty problem-none">
      <CircleCheck size={16} className="tone-good" aria-hidden /> {t('problems:none')}
    </p>
  );
}

/** How far judging has come, for as long as it takes. */
function Checking() {
  const t = useText();
  const { done, total } = useWorkspaceState((state) => state.judged);
  if (done >= total) return null;
  return (
    <div className="problem-checking">
      <LoaderCircle size={14} className="spinning" aria-hidden />
      <output>{t('problems:checking', { done, total })}</output>
      <progress aria-label={t('problems:checkingLabel')} value={done} max={total} />
    </div>
  );
}
