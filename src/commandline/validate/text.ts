import type { CommandlineIo } from '../command.ts';
import type { Skipped } from '../read-paths.ts';
import { problemEntry } from '../problem-entry.ts';
import type { ValidatedObject, Validation } from './validation.ts';

/** One line a finding, as compilers write them: `web.yaml:12:5: error: Deployment.apps/shop/web: spec.replicas: …`. */
export function validationText(
  { design, lines, objects, problems }: Validation,
  skipped: readonly Skipped[],
  io: CommandlineIo,
): string {
  return [
    ...skipped.map(({ file, line, reason }) => `${file}:${line}:1: error: ${reason}`),
    ...objects.flatMap((object) => linesOf(object, io)),
    ...problems.map((problem) => {
      const { file, line, object, field, message, severity } = problemEntry(problem, design, lines, io);
      const word = severity === 'info' ? 'note' : 'warning';
      return `${file}:${line ?? 1}:1: ${word}: ${object}: ${field === '' ? '' : `${field}: `}${message}`;
    }),
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}

function linesOf({ id, file, line, verdict, errors }: ValidatedObject, { messages }: CommandlineIo): readonly string[] {
  const words = (server: string): string => messages.serverWords(server);
  const found = errors.map((error) => {
    const field = verdict.code === 422 ? `${error.field}: ` : '';
    return `${file}:${error.line}:${error.column}: error: ${id}: ${field}${words(error.message)}`;
  });
  if (verdict.valid === false && found.length === 0)
    found.push(`${file}:${line}:1: error: ${id}: ${words(verdict.message)}`);
  if (verdict.valid === null) found.push(`${file}:${line}:1: note: ${id}: ${verdict.message}`);
  return [...found, ...verdict.warnings.map((warning) => `${file}:${line}:1: warning: ${id}: ${words(warning)}`)];
}

/** Words of others (names, values) may hold anything; a finding is one line. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, (sign) => JSON.stringify(sign).slice(1, -1));
}
