import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { readManifest } from '../../manifest/read.ts';
import { goJson } from '../../apimachinery/go-json.ts';

/** Why a file has to be edited again: a line of its head, and the points under it. */
export interface EditReason {
  readonly head: string;
  readonly points: readonly string[];
}

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/**
 * What stands above the object that is edited.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go `editHeader.writeTo`, 1.36.2.
 */
export function editHead(reasons: readonly EditReason[]): string {
  const parts = reasons.map(({ head, points }) => {
    const lines = [`# ${commented(head)}${points.length > 0 ? ':' : ''}`, ...points.map((p) => `# * ${commented(p)}`)];
    return `${lines.join('\n')}\n#\n`;
  });
  return HEAD + parts.join('');
}

/** Further lines of a reason are comments too. Source: editoptions.go `hashOnLineBreak`. */
function commented(text: string): string {
  return text.replaceAll(/\n(?=[^#])/g, '\n# ');
}

/** Objects of the text, and why it cannot be read where it cannot. Comments are not part of it. */
export function readEdited(text: string): {
  readonly objects: readonly KubernetesObject[];
  readonly failure: string | undefined;
} {
  const { segments, problems } = readManifest('edited-file', text);
  const objects = segments.flatMap((segment) =>
    segment.type === 'document' ? segment.objects.map(({ object }) => object) : [],
  );
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem === undefined) return { objects, failure: undefined };
  const { id, position, params } = problem;
  if (id !== 'manifest.notAnObject') {
    const words = `yaml: line ${position.line}: ${String(params['message'] ?? params['reason'] ?? 'invalid')}`;
    return { objects, failure: `error parsing edited-file: error converting YAML to JSON: ${words}` };
  }
  const missing =
    params['missing'] === 'kind' ? "Object 'Kind' is missing" : `Object '${String(params['missing'])}' is missing`;
  return { objects, failure: `unable to decode "edited-file": ${missing}` };
}

/** What counts of a text: its objects, or where it cannot be read its lines without comments. Source: helpers.go `StripComments`. */
export function contentOf(text: string): string {
  const { objects, failure } = readEdited(text);
  return failure === undefined ? goJson(objects as unknown as JsonValue) : withoutComments(text);
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go `ManualStrip`, 1.36.2. */
export function withoutComments(text: string): string {
  const lines = text.split('\n');
  return lines
    .flatMap((line, at) => (/^\s*#(?!!)/.test(line) ? [] : at < lines.length - 1 ? [`${line}\n`] : [line]))
    .join('');
}

/** Whether there is a line that is no comment. Source: editoptions.go `hasLines`. */
export function hasLines(text: string): boolean {
  return text.split('\n').some((line) => /^\s*[^\s#]/.test(line));
}
