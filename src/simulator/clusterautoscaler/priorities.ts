import { compileGoPattern } from '../../apimachinery/go-pattern.ts';

/** Pools whose names match a pattern have a priority; the highest wins. */
export interface Priority {
  readonly priority: number;
  readonly patterns: readonly string[];
}

const EMPTY =
  'priority configuration in cluster-autoscaler-priority-expander configmap is empty; please provide valid configuration';

/**
 * The priorities of the ConfigMap of the priority expander, or why they are none. They are YAML; what is read is the form of
 * the documentation: a number, a colon, and a pattern on each of the next lines behind a dash, in quotes or not.
 * Source: cluster-autoscaler/expander/priority/priority.go `parsePrioritiesYAMLString`, readme.md, 1.36.1.
 */
export function readPriorities(text: string): readonly Priority[] | string {
  if (text === '') return EMPTY;
  const read: { readonly priority: number; readonly patterns: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const key = /^(-?\d+):\s*$/.exec(line);
    const item = /^\s*-\s+(.*\S)\s*$/.exec(line);
    if (key !== null) read.push({ priority: Number(key[1]), patterns: [] });
    else if (item !== null && read.length > 0) read.at(-1)!.patterns.push(unquoted(item[1] ?? ''));
    else return `Can't parse YAML with priorities in the configmap: ${line.trim()}`;
  }
  for (const { priority, patterns } of read)
    for (const pattern of patterns)
      if (!(compileGoPattern(pattern) instanceof RegExp))
        return `Can't compile regexp rule for priority ${priority} and rule ${pattern}`;
  return read;
}

function unquoted(text: string): string {
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  return /^".*"$/.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
