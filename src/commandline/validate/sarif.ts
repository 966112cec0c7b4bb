import type { CommandlineIo } from '../command.ts';
import { problemEntry } from '../problem-entry.ts';
import type { Skipped } from '../read-paths.ts';
import type { ValidatedObject, Validation } from './validation.ts';

/** One result of a SARIF log, as far as we fill it. Source: OASIS SARIF 2.1.0, §3.27. */
interface Result {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations: readonly object[];
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** A SARIF 2.1.0 log: what code hosts show beside the lines of a change. */
export function sarifLog(
  { design, lines, objects, problems }: Validation,
  skipped: readonly Skipped[],
  io: CommandlineIo,
): object {
  const results = [
    ...objects.flatMap((object) => resultsOf(object)),
    ...problems.map((problem) => {
      const { file, line, object, message, severity } = problemEntry(problem, design, lines, io);
      return result(problem.id, severity === 'info' ? 'note' : 'warning', message, file, { line, column: 1 }, object);
    }),
  ];
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].sort().map((id) => {
    const why = io.messages.why(id);
    return why === undefined ? { id } : { id, fullDescription: { text: why } };
  });
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'drydock', rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: skipped.map(({ file, line, reason }) => ({
              level: 'error',
              message: { text: reason },
              locations: [place(file, { line, column: 1 })],
            })),
          },
        ],
        results,
      },
    ],
  };
}

function resultsOf({ id, file, line, verdict, errors }: ValidatedObject): readonly Result[] {
  const here = { line, column: 1 };
  const found = errors.map((error) =>
    result(error.reason, 'error', `${error.field}: ${error.message}`, file, error, id, error.field),
  );
  if (verdict.valid === false && found.length === 0)
    found.push(result(verdict.reason, 'error', verdict.message, file, here, id));
  if (verdict.valid === null) found.push(result(verdict.reason, 'note', verdict.message, file, here, id));
  return [...found, ...verdict.warnings.map((words) => result('Warning', 'warning', words, file, here, id))];
}

interface Region {
  readonly line: number | undefined;
  readonly column: number;
}

function result(
  ruleId: string,
  level: Result['level'],
  text: string,
  file: string,
  region: Region,
  object: string,
  field?: string,
): Result {
  const fullyQualifiedName = field === undefined ? object : `${object} ${field}`;
  return {
    ruleId,
    level,
    message: { text },
    locations: [{ ...place(file, region), logicalLocations: [{ fullyQualifiedName, kind: 'resource' }] }],
  };
}

function place(file: string, { line, column }: Region): object {
  const region = { startLine: Math.max(1, line ?? 1), startColumn: column };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } };
}

/** A path as a URI reference; standard input has no path. */
function uriOf(file: string): string {
  return file === '-' ? 'stdin' : encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F');
}
