import type { JsonObject, Path } from '../../base/json.ts';
import { booleanAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { FieldEdit } from '../../kinds/field-edit.ts';
import { containersOf } from '../../kinds/shared/pod-spec/containers.ts';

/**
 * One control of the Pod Security Standards, with what it asked for in each version of the policy.
 * Source: staging/src/k8s.io/pod-security-admission/policy/checks.go, 1.36.
 */
export interface PodSecurityCheck {
  /** As upstream names it; checks of a level are asked in the order of their ids. */
  readonly id: string;
  /** `baseline` checks hold for `restricted` too, unless one of that level stands in for them. */
  readonly level: 'baseline' | 'restricted';
  /** Rising; none of them holds before the first. */
  readonly versions: readonly CheckVersion[];
}

export interface CheckVersion {
  /** Minor of the first policy version, v1.x, for which this is the rule. */
  readonly since: number;
  /** Ids of the baseline checks that this one stands in for. */
  readonly overrides?: readonly string[];
  check(pod: CheckedPod): Violation | undefined;
}

/** A Pod, or what a template makes: paths begin at the Pod (`metadata`, `spec`). */
export interface CheckedPod {
  readonly metadata: JsonObject | undefined;
  readonly spec: JsonObject;
  readonly securityContext: JsonObject | undefined;
  readonly containers: readonly CheckedContainer[];
}

export interface CheckedContainer {
  readonly name: string;
  readonly path: Path;
  readonly container: JsonObject;
  readonly securityContext: JsonObject | undefined;
}

export interface Violation {
  /** Short, and always told: `hostPort`. */
  readonly reason: string;
  /** What exactly, told of one Pod: `container "a" uses hostPort 80`. */
  readonly detail: string;
  /** The fields of the Pod that are to blame, or that have to be written. */
  readonly fields: readonly Path[];
  /** What makes the Pod pass, where only one thing does and it takes nothing away that the Pod says it needs. */
  readonly edits?: readonly FieldEdit[];
}

export function checkedPod(metadata: JsonObject | undefined, spec: JsonObject): CheckedPod {
  return {
    metadata,
    spec,
    securityContext: objectAt(spec, 'securityContext'),
    containers: containersOf(spec, ['spec']).map(({ container, path }) => ({
      name: stringAt(container, 'name') ?? '',
      path,
      container,
      securityContext: objectAt(container, 'securityContext'),
    })),
  };
}

/** `"a", "b"`; nothing is escaped. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}

export function sorted(words: ReadonlySet<string>): readonly string[] {
  return [...words].sort();
}

/** `container "a"`, `containers "a", "b"`. */
export function namesOf(containers: readonly CheckedContainer[]): string {
  return `${plural('container', containers.length)} ${quoted(containers.map(({ name }) => name))}`;
}

export function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}

/** The pod and the containers that set something: `pod and containers "a", "b"`. */
export function settersOf(isPod: boolean, containers: readonly CheckedContainer[]): string {
  return [...(isPod ? ['pod'] : []), ...(containers.length > 0 ? [namesOf(containers)] : [])].join(' and ');
}

/** Where the pod and those containers say something: a field of their security contexts. */
export function fieldsOf(isPod: boolean, containers: readonly CheckedContainer[], ...field: Path): readonly Path[] {
  return [
    ...(isPod ? [['spec', 'securityContext', ...field]] : []),
    ...containers.map(({ path }) => [...path, 'securityContext', ...field]),
  ];
}

/** From v1.25 some rules do not hold for Pods that say they are for Windows, which cannot set those fields. */
export function unlessWindows(check: CheckVersion['check']): CheckVersion['check'] {
  return (pod) => (nameAt(pod.spec, 'os', 'name') === 'windows' ? undefined : check(pod));
}

/** From v1.35 some rules do not hold for Pods in a user namespace of their own. */
export function unlessUserNamespace(check: CheckVersion['check']): CheckVersion['check'] {
  return (pod) => (booleanAt(pod.spec, 'hostUsers') === false ? undefined : check(pod));
}
