import type { JsonValue } from '../base/json.ts';
import { arrayAt, jsonEqual, objectAt, stringAt, valueAt } from '../base/json.ts';
import { resourceListOf, sameResources } from './resource-list.ts';

/** Something that a kubelet must know, and that its Node therefore declares, before a Pod may ask for it. */
export interface DeclaredFeature {
  readonly name: string;
  /** Whether a Pod needs it to run; by the Pod's spec. */
  forScheduling(spec: JsonValue | undefined): boolean;
  /** Whether a change of a Pod that runs needs it; by both specs. */
  forUpdate(old: JsonValue | undefined, spec: JsonValue | undefined): boolean;
  /** The last minor of 1.x in which it counts; every later kubelet has it. Counts for ever where there is none. */
  readonly lastRelease?: number;
}

const never = (): boolean => false;

/**
 * Those that 1.36 knows, by name.
 * Source: staging/src/k8s.io/component-helpers/nodedeclaredfeatures/features, 1.36.
 */
const DECLARED_FEATURES: readonly DeclaredFeature[] = [
  { name: 'ExtendWebSocketsToKubelet', forScheduling: never, forUpdate: never },
  {
    name: 'InPlacePodLevelResourcesVerticalScaling',
    forScheduling: never,
    forUpdate: (old, spec) => !samePodResources(valueAt(old, 'resources'), valueAt(spec, 'resources')),
  },
  {
    name: 'InPlacePodVerticalScalingInitContainers',
    forScheduling: never,
    forUpdate: (old, spec) =>
      arrayAt(old, 'initContainers').some(
        (container, index) =>
          stringAt(container, 'restartPolicy') !== 'Always' &&
          !jsonEqual(valueAt(container, 'resources') ?? {}, valueAt(spec, 'initContainers', index, 'resources') ?? {}),
      ),
  },
  {
    name: 'RestartAllContainersOnContainerExits',
    forScheduling: (spec) =>
      [...arrayAt(spec, 'containers'), ...arrayAt(spec, 'initContainers')].some((container) =>
        arrayAt(container, 'restartPolicyRules').some((rule) => stringAt(rule, 'action') === 'RestartAllContainers'),
      ),
    forUpdate: never,
  },
  {
    name: 'UserNamespacesHostNetworkSupport',
    forScheduling: (spec) => valueAt(spec, 'hostNetwork') === true && valueAt(spec, 'hostUsers') === false,
    forUpdate: never,
  },
];

/** Names of what a Pod's spec needs of its Node, in order. */
export function featuresForScheduling(spec: JsonValue | undefined): readonly string[] {
  return DECLARED_FEATURES.filter((feature) => feature.forScheduling(spec)).map(({ name }) => name);
}

/** Names of what a change of a Pod's spec needs of its Node, in order. */
export function featuresForUpdate(
  old: JsonValue | undefined,
  spec: JsonValue | undefined,
  release: number,
  features: readonly DeclaredFeature[] = DECLARED_FEATURES,
): readonly string[] {
  return features
    .filter(({ lastRelease = Infinity, forUpdate }) => release <= lastRelease && forUpdate(old, spec))
    .map(({ name }) => name);
}

function samePodResources(old: JsonValue | undefined, now: JsonValue | undefined): boolean {
  // An object that says nothing is another than none: the server compares pointers.
  if ((old ?? null) === null || (now ?? null) === null) return (old ?? null) === (now ?? null);
  return (
    ['requests', 'limits'].every((list) =>
      sameResources(resourceListOf(objectAt(old, list)), resourceListOf(objectAt(now, list))),
    ) && jsonEqual(arrayAt(old, 'claims'), arrayAt(now, 'claims'))
  );
}
