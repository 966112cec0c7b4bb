import { formatFieldPath } from '../apimachinery/field-path.ts';
import type { Design, RecordId } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { CommandlineIo } from './command.ts';
import type { ProblemEntry } from './entries.ts';

export function problemEntry(
  problem: Problem,
  design: Design,
  lines: ReadonlyMap<RecordId, number>,
  { messages }: Pick<CommandlineIo, 'messages'>,
): ProblemEntry {
  const record = design.records.get(problem.record)!;
  return {
    id: problem.id,
    severity: problem.severity,
    object: record.identity,
    file: record.file,
    line: lines.get(record.id),
    field: formatFieldPath(problem.field),
    message: messages.problem(problem.id, problem.params),
    ...(problem.related ? { related: problem.related.map((id) => design.records.get(id)!.identity) } : {}),
  };
}
