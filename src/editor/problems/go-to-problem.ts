import type { Path } from '../../base/json.ts';
import type { RecordId } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { page, reveal } from '../page-state.ts';
import { changeSettings } from '../settings.ts';
import { problemKey } from './problem-key.ts';
import { NO_FILTER } from './problem-groups.ts';
import { changeFilter, setCollapsed } from './problems-view.ts';

/** Selects a card, brings it into view, and opens the inspector at a field: in the text where that is open, else in the form. */
export function goToField(workspace: Workspace, record: RecordId, path: Path, tab?: 'form' | 'yaml'): void {
  page.setState(({ inspectorTab, field }) => ({
    edge: undefined,
    inspectorTab: tab ?? (inspectorTab === 'yaml' ? 'yaml' : 'form'),
    field: { record, path, request: (field?.request ?? 0) + 1 },
  }));
  workspace.select([record]);
  reveal(record);
}

export function goToProblem(workspace: Workspace, { record, field }: Problem): void {
  goToField(workspace, record, field);
}

/** The other way: opens the pane at a problem, whatever filter stood there. */
export function showInPane(problem: Problem): void {
  changeSettings({ dockOpen: true });
  changeFilter(NO_FILTER);
  setCollapsed([problem.record], false);
  page.setState(({ shownProblem }) => ({
    dockTab: 'problems',
    shownProblem: { key: problemKey(problem), request: (shownProblem?.request ?? 0) + 1 },
  }));
}
