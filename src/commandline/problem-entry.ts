import { formatFieldPath } from '../apimachinery/field-path.ts';
import type { Design, RecordId } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { CommandlineIo } from './command.ts';

/** A problem between objects as the JSON of `graph` and `validate` shows it. */
export interface ProblemEntry {
  readonly id: string;
  readonly severity: Problem['severity'];
  /** Identity of the object. */
  readonly object: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly field: string;
  readonly message: string;
  /** Identities of others in it. */
  readonly related?: readonly string[];
}

export function problemEntry(
  problem: Problem,
  design: Design,
  lines: ReadonlyMap<RecordId, number>,
  io: CommandlineIo,
): ProblemEntry {
  const record = design.records.get(problem.record)!;
  return {
    id: problem.id,
    severity: problem.severity,
    object: record.identity,
    file: record.file,
    line: lines.get(record.id),
    field: formatFieldPath(problem.field),
    message: io.messages.problem(problem.id, problem.params),
    ...(problem.related ? { related: problem.related.map((id) => design.records.get(id)!.identity) } : {}),
  };
}
