import type { Path, PathStep } from '../base/json.ts';

/**
 * A field as the API server writes it: `spec.ports[0].name`, `metadata.labels[app.kubernetes.io/name]`.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/field/path.go, 1.36.
 *
 * A map key that is a plain word is written as a field (`.data`), because a path alone does not tell a map from a
 * struct; a key with a dot, slash or other sign stands in brackets, as the server writes map keys.
 */
export function formatFieldPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][A-Za-z0-9_$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${step}]`;
  }
  return text;
}

/** Reads what `formatFieldPath` wrote; a bracket that holds only digits is a list index. */
export function parseFieldPath(text: string): Path {
  const path: PathStep[] = [];
  const pattern = /\[([^\]]*)\]|([^.[\]]+)/g;
  for (const match of text.matchAll(pattern)) {
    const bracket = match[1];
    if (bracket === undefined) path.push(match[2]!);
    else path.push(/^(?:0|[1-9][0-9]*)$/.test(bracket) ? Number(bracket) : bracket);
  }
  return path;
}
