import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import type { Path } from '../../../base/json.ts';
import type { Problem } from '../../../design/problem.ts';

/** The problems of one object by the fields they stand at. */
export class FieldProblems {
  private readonly exact = new Map<string, Problem[]>();
  private readonly beneath = new Map<string, Problem[]>();

  constructor(problems: readonly Problem[]) {
    for (const problem of problems) {
      push(this.exact, formatFieldPath(problem.field), problem);
      for (let length = 1; length < problem.field.length; length++)
        push(this.beneath, formatFieldPath(problem.field.slice(0, length)), problem);
    }
  }

  at(path: Path): readonly Problem[] {
    return this.exact.get(formatFieldPath(path)) ?? NONE;
  }

  /** At the fields of a group; worst first. */
  within(path: Path): readonly Problem[] {
    return this.beneath.get(formatFieldPath(path)) ?? NONE;
  }
}

const NONE: readonly never[] = [];

function push(map: Map<string, Problem[]>, key: string, problem: Problem): void {
  const list = map.get(key);
  if (list) list.push(problem);
  else map.set(key, [problem]);
}

/** Whether a field stands in another, at any depth; nothing stands in itself. */
export function isWithin(path: Path, group: Path): boolean {
  return path.length > group.length && group.every((step, index) => path[index] === step);
}
