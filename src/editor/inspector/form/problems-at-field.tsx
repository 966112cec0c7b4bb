import type { Path } from '../../../base/json.ts';
import { problemKey } from '../../problems/problem-key.ts';
import { ProblemLine } from '../../problems/problem-line.tsx';
import { useForm } from './form-context.ts';

/** What is wrong at exactly this field. */
export function ProblemsAtField({ path, id }: { readonly path: Path; readonly id?: string }) {
  const problems = useForm().problems.at(path);
  if (problems.length === 0) return null;
  return (
    <div className="field-problems" id={id}>
      {problems.map((problem, at) => (
        <ProblemLine key={`${problemKey(problem)} ${at}`} problem={problem} />
      ))}
    </div>
  );
}
