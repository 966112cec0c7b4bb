import { useMemo } from 'react';
import { parseFieldPath } from '../../apimachinery/field-path.ts';
import type { RecordId } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import { useCardLife } from './card-life.ts';

/** What the cluster that runs refused of an object's last change, at its fields; none while no run is open. */
export function useRefusedProblems(record: RecordId): readonly Problem[] {
  const refusal = useCardLife(record)?.refusal;
  return useMemo(() => {
    if (refusal === undefined) return NONE;
    const { message, causes } = refusal;
    const problem = (field: Problem['field'], words: string): Problem => ({
      id: 'rehearsal.refused',
      severity: 'error',
      record,
      field,
      params: { message: words },
    });
    if (causes.length === 0) return [problem([], message)];
    return causes.map((cause) => problem(parseFieldPath(cause.field), cause.message));
  }, [refusal, record]);
}

/** What the cluster said stands for what it was foretold to say. */
export function withRefused(foretold: readonly Problem[], refused: readonly Problem[]): readonly Problem[] {
  if (refused.length === 0) return foretold;
  const words = new Set(refused.map(({ field, params }) => `${field.join('.')} ${params['message']}`));
  return [...refused, ...foretold.filter(({ field, params }) => !words.has(`${field.join('.')} ${params['message']}`))];
}

const NONE: readonly Problem[] = [];
