import { useMemo, useRef } from 'react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { valueAt } from '../../../base/json.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { Problem } from '../../../design/problem.ts';
import { useText } from '../../i18n.ts';
import { ProblemLine } from '../../problems/problem-line.tsx';
import { problemKey } from '../../problems/problem-key.ts';
import { refusalText } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { FieldProblems } from './field-problems.ts';
import { FieldGroup, FieldTree } from './field-tree.tsx';
import { FormContext } from './form-context.ts';
import type { FormContextValue } from './form-context.ts';
import { useFieldGuide } from './field-guide.ts';
import { mainFields } from './main-fields.ts';
import { ScalarField } from './scalar-field.tsx';
import { useWantedField } from './use-wanted-field.ts';

/** The fields of one object: the main ones of its kind first, then everything that is set. */
export function FormPane({
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
  const form = useMemo<FormContextValue>(() => {
    return {
      object: record.object,
      guide,
      edit: (edits) => {
        const refusal = workspace.run(COMMANDS.editField, { record: record.id, edits });
        return refusal && refusal.refused !== 'command.noChange' ? refusalText(t, refusal) : undefined;
      },
      start: async (path, schema) => {
        const { findStart } = await import('./field-start.ts');
        return findStart(record, { path, schema, root: guide.schemaAt([]) }, workspace.store.getState());
      },
      problems: new FieldProblems(problems),
      wanted,
    };
  }, [record, guide, problems, wanted, workspace, t]);
  // What stands at a field is told there; the rest has no row of its own.
  const above = problems.filter(({ field }) => field.length === 0 || valueAt(record.object, ...field) === undefined);
  const main = mainFields(record.object, definition.fields ?? []);
  return (
    <FormContext value={form}>
      <div className="form" ref={root}>
        {above.length > 0 && (
          <ul className="form-problems">
            {above.slice(0, MOST_ABOVE).map((problem, at) => (
              <li key={`${problemKey(problem)} ${at}`}>
                <ProblemLine problem={problem} />
              </li>
            ))}
            {above.length > MOST_ABOVE && (
              <li className="quiet">{t('problems:more', { count: above.length - MOST_ABOVE })}</li>
            )}
          </ul>
        )}
        {main.length > 0 && (
          <section className="form-section" aria-label={t('inspector:mainFields')}>
            {main.map((path) => {
              const value = valueAt(record.object, ...path);
              const group =
                value === undefined
                  ? ['object', 'array'].includes(guide.schemaAt(path).type)
                  : typeof value === 'object' && value !== null;
              if (group && value === undefined) return null;
              const key = formatFieldPath(path);
              return group ? <FieldGroup key={key} path={path} /> : <ScalarField key={key} path={path} showWithin />;
            })}
          </section>
        )}
        <section className="form-section">
          <h3>{t('inspector:everythingSet')}</h3>
          <FieldTree path={[]} omit={HEAD_FIELDS} />
        </section>
      </div>
    </FormContext>
  );
}

/** Problems without a field on the form; the pane beneath the canvas has all of them. */
const MOST_ABOVE = 5;

/** Shown in the head of the inspector. */
const HEAD_FIELDS: readonly string[] = ['apiVersion', 'kind'];
