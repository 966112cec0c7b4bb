import { annotationsOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { CustomCheck } from './custom-check.ts';
import type { Lint } from './lint.ts';

/** What a person chose: ids and groups of lints that are asked, or not, whatever their default. An id outweighs a group. */
export interface LintSwitches {
  readonly on: readonly string[];
  readonly off: readonly string[];
  /** Questions with parameters of a person's own, from a configuration. */
  readonly checks?: readonly CustomCheck[];
}

export const NO_SWITCHES: LintSwitches = { on: [], off: [] };

export function isSwitchedOn({ id, group, defaultOn }: Lint, { on, off }: Pick<LintSwitches, 'on' | 'off'>): boolean {
  if (on.includes(id)) return true;
  if (off.includes(id)) return false;
  if (on.includes(group) || on.includes('all')) return true;
  return !off.includes(group) && !off.includes('all') && defaultOn;
}

/** Ids and groups, separated by commas or spaces, of lints that an object is not to be asked; `all` is all of them. */
export const IGNORE_ANNOTATION = 'drydock.dev/ignore';
/** kube-linter's, whatever its value. Source: kube-linter, pkg/ignore/ignore.go. */
const KUBE_LINTER_PREFIX = 'ignore-check.kube-linter.io/';
const KUBE_LINTER_ALL = 'kube-linter.io/ignore-all';

const NOTHING: ReadonlySet<string> = new Set();
const known = new WeakMap<KubernetesObject, ReadonlySet<string>>();

/** What the annotations of an object say it is not to be asked. */
function ignoredBy(object: KubernetesObject): ReadonlySet<string> {
  let words = known.get(object);
  if (!words) known.set(object, (words = readIgnored(object)));
  return words;
}

function readIgnored(object: KubernetesObject): ReadonlySet<string> {
  const annotations = annotationsOf(object);
  if (annotations.size === 0) return NOTHING;
  const words = new Set<string>();
  for (const [key, value] of annotations) {
    if (key === KUBE_LINTER_ALL) words.add('all');
    else if (key.startsWith(KUBE_LINTER_PREFIX)) words.add(key.slice(KUBE_LINTER_PREFIX.length));
    else if (key === IGNORE_ANNOTATION) for (const word of value.split(/[\s,]+/)) words.add(word);
  }
  return words;
}

/** Whether an object says that a lint is not for it. */
export function ignores(object: KubernetesObject, id: string, group?: string): boolean {
  const words = ignoredBy(object);
  return words.size > 0 && (words.has(id) || (group !== undefined && words.has(group)) || words.has('all'));
}
