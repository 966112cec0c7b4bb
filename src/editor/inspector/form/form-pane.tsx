import { useMemo } from 'react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { valueAt } from '../../../base/json.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { Problem } from '../../../design/problem.ts';
import { useText } from '../../i18n.ts';
import { ProblemLine } from '../../problem-line.tsx';
import { problemText } from '../../problem-text.ts';
import { refusalText } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { FieldGroup, FieldTree } from './field-tree.tsx';
import { FormContext } from './form-context.ts';
import type { FormContextValue } from './form-context.ts';
import { useFieldGuide } from './field-guide.ts';
import { mainFields } from './main-fields.ts';
import { ScalarField } from './scalar-field.tsx';

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
  const form = useMemo<FormContextValue>(() => {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const byField = new Map(errors.map((problem) => [formatFieldPath(problem.field), problem]));
    return {
      object: record.object,
      guide,
      edit: (edits) => {
        const refusal = workspace.run(COMMANDS.editField, { record: record.id, edits });
        return refusal && refusal.refused !== 'command.noChange' ? refusalText(t, refusal) : undefined;
      },
      problemAt: (path) => {
        const problem = byField.get(formatFieldPath(path));
        return problem && problemText(t, problem);
      },
    };
  }, [record, guide, problems, workspace, t]);
  const main = mainFields(record.object, definition.fields ?? []);
  return (
    <FormContext value={form}>
      <div className="form">
        {problems.length > 0 && (
          <ul className="form-problems">
            {problems.map((problem) => (
              <li key={`${problem.id} ${formatFieldPath(problem.field)} ${problem.related?.join() ?? ''}`}>
                <ProblemLine problem={problem} />
              </li>
            ))}
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

/** Shown in the head of the inspector. */
const HEAD_FIELDS: readonly string[] = ['apiVersion', 'kind'];
