import { compileGoPattern } from '../../apimachinery/go-pattern.ts';
import { EvaluationError } from '../evaluation-error.ts';

/** A pattern as Go's regexp package reads it, which cel-go uses. */
export function needRegex(pattern: string, flags = ''): RegExp {
  const compiled = compileGoPattern(pattern);
  if (typeof compiled === 'string') throw new EvaluationError(compiled);
  if (compiled === undefined) throw new EvaluationError(`error parsing regexp: invalid pattern: \`${pattern}\``);
  return flags === '' ? compiled : new RegExp(compiled.source, `${compiled.flags}${flags}`);
}
