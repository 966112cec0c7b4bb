import { annotationsOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { intOrStringOf, readIntOrPercent } from '../../../apimachinery/int-or-string.ts';
import type { IntOrPercent, IntOrString } from '../../../apimachinery/int-or-string.ts';
import { arrayAt, asString, objectAt, valueAt } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import { withoutAntiAffinity } from '../no-anti-affinity.ts';
import { updatePathOf, updateTypeOf } from '../no-rolling-update-strategy.ts';
import { NO_SPOTS, perObject, perWorkload } from '../spots.ts';
import type { Spot } from '../spots.ts';
import { integerOf, matchOf } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import type { LintTemplate } from './template.ts';

const HOSTNAME = 'kubernetes.io/hostname';

export const antiAffinity: LintTemplate = {
  key: 'anti-affinity',
  kinds: ['DeploymentLike'],
  parameters: { minReplicas: { type: 'integer' }, topologyKey: { type: 'pattern' } },
  find({ minReplicas, topologyKey }) {
    const isHost = (key: string): boolean => key === HOSTNAME;
    const isKey = topologyKey === undefined || topologyKey === '' ? isHost : matchOf(topologyKey);
    return withoutAntiAffinity(integerOf(minReplicas) ?? 0, isKey);
  },
};

const BOUNDS = [
  ['maxUnavailable', 'minPodsUnavailable', 'maxPodsUnavailable'],
  ['maxSurge', 'minSurge', 'maxSurge'],
] as const;

/** How Pods are replaced. Source: kube-linter, pkg/templates/updateconfig/template.go. */
export const updateConfiguration: LintTemplate = {
  key: 'update-configuration',
  kinds: ['DeploymentLike'],
  parameters: {
    strategyTypeRegex: { type: 'pattern', isRequired: true },
    maxPodsUnavailable: { type: 'string' },
    minPodsUnavailable: { type: 'string' },
    maxSurge: { type: 'string' },
    minSurge: { type: 'string' },
  },
  refuses: (parameters) =>
    BOUNDS.flatMap(([, low, high]) => [low, high]).find(
      (name) => parameters[name] !== undefined && parameters[name] !== '' && boundOf(parameters[name]) === undefined,
    ),
  find(parameters) {
    const isType = matchOf(parameters['strategyTypeRegex']);
    const isBounded = BOUNDS.some(([, low, high]) => boundOf(parameters[low]) ?? boundOf(parameters[high]));
    return perWorkload(({ record: { object } }) => {
      const at = updatePathOf(object);
      if (at === undefined) return NO_SPOTS;
      const type = updateTypeOf(object, at);
      const rolling = objectAt(object, ...at.slice(0, -1), 'rollingUpdate');
      const place = [...at.slice(0, -1), 'rollingUpdate'];
      return [
        ...(isType(type) ? NO_SPOTS : [{ at, params: { found: type, wanted: String(parameters['strategyTypeRegex']) } }]),
        ...(rolling === undefined
          ? isBounded
            ? [{ at: place, params: { found: '', wanted: 'rollingUpdate' } }]
            : NO_SPOTS
          : outOfBounds(object, place, parameters)),
      ];
    });
  },
};

function outOfBounds(object: KubernetesObject, place: Path, parameters: Parameters): readonly Spot[] {
  return BOUNDS.flatMap(([field, low, high]): readonly Spot[] => {
    // A StatefulSet never has more Pods than it asks for.
    if (field === 'maxSurge' && object.kind === 'StatefulSet') return NO_SPOTS;
    const [least, most] = [boundOf(parameters[low]), boundOf(parameters[high])];
    const value = valueAt(object, ...place, field);
    if ((least === undefined && most === undefined) || isWithin(boundOf(value), least, most)) return NO_SPOTS;
    const wanted = [least && `≥ ${String(parameters[low])}`, most && `≤ ${String(parameters[high])}`];
    const found = `${field}: ${value === undefined ? '' : String(value)}`;
    return [{ at: [...place, field], params: { found, wanted: wanted.filter(Boolean).join(', ') } }];
  });
}

/** `25%` or a number, written as a text or not; undefined for anything else. */
function boundOf(value: JsonValue | undefined): IntOrPercent | undefined {
  const text = asString(value);
  const written: IntOrString | undefined = text !== undefined && /^\d+$/.test(text) ? Number(text) : intOrStringOf(value);
  if (written === undefined) return undefined;
  if (typeof written === 'number') return written < 0 ? undefined : { value: written, isPercent: false };
  const read = readIntOrPercent(written);
  return 'error' in read ? undefined : read;
}

/** A percentage is not compared with a number. */
function isWithin(
  actual: IntOrPercent | undefined,
  least: IntOrPercent | undefined,
  most: IntOrPercent | undefined,
): boolean {
  if (actual === undefined) return false;
  return [least, most].every(
    (bound) =>
      bound === undefined ||
      (bound.isPercent === actual.isPercent &&
        (bound === least ? actual.value >= bound.value : actual.value <= bound.value)),
  );
}

export const claimTemplateAnnotation: LintTemplate = {
  key: 'statefulset-volumeclaimtemplate-annotation',
  kinds: ['DeploymentLike'],
  parameters: { annotation: { type: 'string', isRequired: true } },
  find: ({ annotation = '' }) =>
    perObject('StatefulSet', ['apps/v1'], ({ object }) =>
      arrayAt(object, 'spec', 'volumeClaimTemplates').flatMap((claim, index) =>
        (annotationsOf(claim as unknown as KubernetesObject).get(String(annotation)) ?? '') === ''
          ? [
              {
                at: ['spec', 'volumeClaimTemplates', index, 'metadata', 'annotations'],
                params: { annotation: String(annotation) },
              },
            ]
          : [],
      ),
    ),
};
