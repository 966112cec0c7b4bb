import { Wrench } from 'lucide-react';
import type { Path } from '../../../base/json.ts';
import type { Problem } from '../../../design/problem.ts';
import { Button } from '../../../kit/button.tsx';
import { useText } from '../../i18n.ts';
import { openDialog } from '../../page-state.ts';
import { problemKey } from '../../problems/problem-key.ts';
import { ProblemLine } from '../../problems/problem-line.tsx';
import { useHasFix } from '../../problems/use-fixes.ts';
import { useForm } from './form-context.ts';

/** What is wrong at exactly this field, with what can be done about it. */
export function ProblemsAtField({ path, id }: { readonly path: Path; readonly id?: string }) {
  const problems = useForm().problems.at(path);
  if (problems.length === 0) return null;
  return (
    <div className="field-problems" id={id}>
      {problems.map((problem, at) => (
        <FieldProblem key={`${problemKey(problem)} ${at}`} problem={problem} />
      ))}
    </div>
  );
}

/** A problem with its fix, where there is a certain one: it opens with its exact lines. */
export function FieldProblem({ problem }: { readonly problem: Problem }) {
  const t = useText();
  const hasFix = useHasFix(problem);
  return (
    <div className="field-problem">
      <ProblemLine problem={problem} />
      {hasFix && (
        <Button small className="problem-fix" onPress={() => openDialog({ type: 'fix', problem })}>
          <Wrench size={12} aria-hidden /> {t('problems:fix')}
        </Button>
      )}
    </div>
  );
}
