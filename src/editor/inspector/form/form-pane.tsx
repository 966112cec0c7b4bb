import { useLayoutEffect, useMemo, useRef } from 'react';
import './form.css';
import './widgets/widgets.css';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { valueAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { Problem } from '../../../design/problem.ts';
import { useText } from '../../i18n.ts';
import { problemKey } from '../../problems/problem-key.ts';
import { refusalText } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { FieldProblems } from './field-problems.ts';
import { FieldGroup, FieldTree } from './field-tree.tsx';
import { FormContext, useForm } from './form-context.ts';
import type { FormContextValue } from './form-context.ts';
import { useFieldGuide } from './field-guide.ts';
import { mainFields } from './main-fields.ts';
import { OfferedField } from './offered-field.tsx';
import { FieldProblem } from './problems-at-field.tsx';
import { ScalarField } from './scalar-field.tsx';
import { useStored } from './use-stored.ts';
import { useWantedField } from './use-wanted-field.ts';

/** The fields of one object: the main ones of its kind first, then everything that is set. */
export default function FormPane({
  record,
  problems,
}: {
  readonly record: DesignRecord;
  readonly problems: readonly Problem[];
}) {
  const t = useText();
  const workspace = useWorkspace();
  const definition = useWorkspaceState(({ registry }) => registry.of(record.object));
  const guide = useFieldGuide(record.object);
  const root = useRef<HTMLDivElement>(null);
  const wanted = useWantedField(root, record.id);
  const stored = useStored(record);
  // Another object begins at its first field; who asks for a field is led there afterwards.
  useLayoutEffect(() => {
    root.current?.closest('.tab-panel')?.scrollTo(0, 0);
  }, []);
  const form = useMemo<FormContextValue>(() => {
    return {
      record,
      object: record.object,
      stored,
      guide,
      edit: (edits) => {
        const refusal = workspace.run(COMMANDS.editField, { record: record.id, edits });
        return refusal && refusal.refused !== 'command.noChange' ? refusalText(t, refusal) : undefined;
      },
      start: async (path, schema) => {
        const { findStart } = await import('./field-start.ts');
        return findStart(record, { path, schema, root: guide.schemaAt([]) }, workspace.store.getState());
      },
      drawTree: (path, omit, drawsUnset) => <FieldTree path={path} omit={omit} drawsUnset={drawsUnset} />,
      problems: new FieldProblems(problems),
      wanted,
    };
  }, [record, stored, guide, problems, wanted, workspace, t]);
  // What stands at a field is told there; the rest has no row of its own.
  const above = problems.filter(({ field }) => field.length === 0 || valueAt(record.object, ...field) === undefined);
  const main = mainFields(record.object, definition.fields ?? []);
  return (
    <FormContext value={form}>
      <div className="form" ref={root}>
        <ProblemList problems={above.filter(({ severity }) => severity !== 'info')} />
        {main.length > 0 && (
          <section className="form-section" aria-label={t('inspector:mainFields')}>
            {main.map((path) => (
              <MainField key={formatFieldPath(path)} path={path} />
            ))}
          </section>
        )}
        <ProblemList problems={above.filter(({ severity }) => severity === 'info')} />
        <section className="form-section">
          <h3>{t('inspector:everythingSet')}</h3>
          <FieldTree path={[]} omit={HEAD_FIELDS} />
        </section>
      </div>
    </FormContext>
  );
}

/** One of the fields that matter most; where it is not set, what the server would fill in, and a way to set it. */
function MainField({ path }: { readonly path: Path }) {
  const { object, guide } = useForm();
  const value = valueAt(object, ...path);
  if (value !== undefined)
    return typeof value === 'object' && value !== null ? (
      <FieldGroup path={path} showWithin />
    ) : (
      <ScalarField path={path} showWithin />
    );
  return ['object', 'array'].includes(guide.schemaAt(path).type) ? (
    <OfferedField path={path} />
  ) : (
    <ScalarField path={path} showWithin />
  );
}

/** Problems without a field on the form; the pane beneath the canvas has all of them. */
function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const t = useText();
  if (problems.length === 0) return null;
  return (
    <ul className="form-problems">
      {problems.slice(0, MOST_LISTED).map((problem, at) => (
        <li key={`${problemKey(problem)} ${at}`}>
          <FieldProblem problem={problem} />
        </li>
      ))}
      {problems.length > MOST_LISTED && (
        <li className="quiet">{t('problems:more', { count: problems.length - MOST_LISTED })}</li>
      )}
    </ul>
  );
}

const MOST_LISTED = 5;

/** Shown in the head of the inspector. */
const HEAD_FIELDS: readonly string[] = ['apiVersion', 'kind'];
