import type { LabelSelector } from '../../../../apimachinery/label-selector.ts';
import {
  isEmptySelector,
  labelSelectorString,
  matchesLabels,
  parseLabelSelector,
  NOTHING,
  selectsObject,
} from '../../../../apimachinery/label-selector.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, asString, numberAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import type { PodInfo } from '../../pod-info.ts';
import type { Snapshot } from '../../snapshot.ts';

/** Which Pods a Pod wants near it, or far. Source: kube-scheduler/framework/types.go `AffinityTerm`, 1.36. */
export interface AffinityTerm {
  readonly namespaces: readonly string[];
  readonly namespaceSelector: LabelSelector;
  readonly selector: LabelSelector;
  readonly topologyKey: string;
  /** Of a preferred term; negative where the Pods are to be far. */
  readonly weight: number;
}

export interface AffinityTerms {
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

const NONE: AffinityTerms = Object.freeze({ affinity: [], antiAffinity: [], preferred: [] });
const read = new WeakMap<PodInfo, AffinityTerms>();

/** The terms of a Pod, in the namespaces as written; read once for each version of a Pod. */
export function termsOf(pod: PodInfo): AffinityTerms {
  if (!pod.hasAffinity) return NONE;
  let terms = read.get(pod);
  if (terms === undefined) read.set(pod, (terms = readTerms(pod)));
  return terms;
}

function readTerms({ pod, namespace }: PodInfo): AffinityTerms {
  const affinity = objectAt(pod, 'spec', 'affinity');
  const required = (kind: string) => arrayAt(affinity, kind, REQUIRED).map((term) => readTerm(term, namespace, 0));
  const preferred = (kind: string, sign: 1 | -1) =>
    arrayAt(affinity, kind, PREFERRED).map((entry) =>
      readTerm(valueAt(entry, 'podAffinityTerm'), namespace, sign * (numberAt(entry, 'weight') ?? 0)),
    );
  return {
    affinity: required('podAffinity'),
    antiAffinity: required('podAntiAffinity'),
    preferred: [...preferred('podAffinity', 1), ...preferred('podAntiAffinity', -1)],
  };
}

function readTerm(value: JsonValue | undefined, namespace: string, weight: number): AffinityTerm {
  const named = arrayAt(value, 'namespaces').flatMap((name) => asString(name) ?? []);
  const selects = objectAt(value, 'namespaceSelector');
  return {
    namespaces: named.length === 0 && selects === undefined ? [namespace] : named,
    namespaceSelector: selects === undefined ? NOTHING : parseLabelSelector(selects),
    selector: parseLabelSelector(valueAt(value, 'labelSelector')),
    topologyKey: stringAt(value, 'topologyKey') ?? '',
    weight,
  };
}

/**
 * The terms with the namespaces that their selectors find now written out. The selector stays, as upstream, and is asked of
 * Pods with no labels of their namespace: one that only excludes still matches in every namespace.
 */
export function inNamespaces(terms: readonly AffinityTerm[], snapshot: Snapshot): readonly AffinityTerm[] {
  return terms.map((term) => {
    const { namespaces, namespaceSelector } = term;
    if (namespaceSelector.nothing === true || isEmptySelector(namespaceSelector)) return term;
    const found = snapshot
      .view('namespaces')
      .list()
      .flatMap((object) => (selectsObject(namespaceSelector, object) ? nameOf(object) : []));
    return { ...term, namespaces: [...namespaces, ...found] };
  });
}

/** `namespaceLabels`: those of the Pod's namespace, for terms that are not written out; undefined else. */
export function termMatches(
  term: AffinityTerm,
  { namespace, labels }: PodInfo,
  namespaceLabels: ReadonlyMap<string, string> | undefined,
): boolean {
  if (!term.namespaces.includes(namespace) && !matchesLabels(term.namespaceSelector, namespaceLabels ?? NO_LABELS))
    return false;
  return matchesLabels(term.selector, labels);
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();

/** Of no terms, none is matched. */
export function allTermsMatch(terms: readonly AffinityTerm[], pod: PodInfo): boolean {
  return terms.length > 0 && terms.every((term) => termMatches(term, pod, undefined));
}

/** Everything that says which Pods terms match, as text. */
export function termsKey(terms: readonly AffinityTerm[]): string {
  return terms
    .map(({ namespaces, namespaceSelector, selector, topologyKey, weight }) => {
      return [topologyKey, weight, selectorKey(namespaceSelector), namespaces.join(','), selectorKey(selector)].join(
        ' ',
      );
    })
    .join('\n');
}

function selectorKey(selector: LabelSelector): string {
  return selector.nothing === true || selector.invalid !== undefined ? '!' : labelSelectorString(selector);
}
