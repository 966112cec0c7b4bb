import type { KubernetesObject } from '../apimachinery/object.ts';
import { annotationsOf } from '../apimachinery/object.ts';
import { qosClassOf } from '../apimachinery/qos-class.ts';
import type { JsonValue } from '../base/json.ts';
import { arrayAt, asArray, asObject } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import type { Answer } from './answer.ts';
import { notFound, plainError } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import { NAMESPACE } from './cluster-view.ts';
import { withFields } from './edit-object.ts';
import { areAllowed, mergeTolerations } from './tolerations.ts';

/** Configuration of the plugin: what counts where a namespace says nothing. */
export interface ClusterTolerations {
  readonly default?: readonly JsonValue[];
  readonly whitelist?: readonly JsonValue[];
}

/**
 * Gives Pods the tolerations that annotations of their namespace name, and refuses others than it allows. Off by default.
 * Source: plugin/pkg/admission/podtolerationrestriction/admission.go, 1.36.
 */
export const podTolerationRestriction: AdmissionPlugin = podTolerationRestrictionWith({});

/** The plugin with a configuration. */
export function podTolerationRestrictionWith(cluster: ClusterTolerations): AdmissionPlugin {
  return {
    name: 'PodTolerationRestriction',
    operations: ['CREATE', 'UPDATE'],
    admit(request, view) {
      const { object } = request;
      if (!isFor(request, 'pods') || object === undefined) return undefined;
      const pod = withTolerations(request, object, view, cluster);
      if (pod === undefined) return notFound({ group: '', resource: 'namespaces' }, request.namespace);
      return refusal(request, pod, view, cluster) ?? { object: pod };
    },
    validate(request, view) {
      const { object } = request;
      return isFor(request, 'pods') && object !== undefined ? refusal(request, object, view, cluster) : undefined;
    },
  };
}

function withTolerations(
  { operation, namespace }: AdmissionRequest,
  pod: KubernetesObject,
  view: ClusterView,
  cluster: ClusterTolerations,
): KubernetesObject | undefined {
  const found = view.get(NAMESPACE, '', namespace);
  if (found === undefined && operation === 'CREATE') return undefined;
  const extra: JsonValue[] = [];
  if (operation === 'CREATE') extra.push(...(tolerationsIn(found, 'defaultTolerations') ?? cluster.default ?? []));
  if (qosClassOf(pod) !== 'BestEffort')
    extra.push({ key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' });
  if (extra.length === 0) return pod;
  const tolerations = mergeTolerations([...arrayAt(pod, 'spec', 'tolerations'), ...extra]);
  return withFields(pod, ['spec'], { tolerations });
}

function refusal(
  { namespace }: AdmissionRequest,
  pod: KubernetesObject,
  view: ClusterView,
  cluster: ClusterTolerations,
): Answer {
  const tolerations = arrayAt(pod, 'spec', 'tolerations');
  if (tolerations.length === 0) return undefined;
  const found = view.get(NAMESPACE, '', namespace);
  if (found === undefined) return notFound({ group: '', resource: 'namespaces' }, namespace);
  const own = tolerationsIn(found, 'tolerationsWhitelist');
  if (areAllowed(tolerations, own ?? cluster.whitelist ?? [])) return undefined;
  const scope = own === undefined ? 'cluster' : 'namespace';
  return plainError(
    `pod tolerations (possibly merged with namespace default tolerations) conflict with its ${scope} whitelist`,
    { field: ['spec', 'tolerations'] },
  );
}

/** Undefined where the namespace says nothing; an empty annotation says none. */
function tolerationsIn(namespace: KubernetesObject | undefined, name: string): readonly JsonValue[] | undefined {
  const text = namespace && annotationsOf(namespace).get(`scheduler.alpha.kubernetes.io/${name}`);
  if (text === undefined) return undefined;
  try {
    return text === '' ? [] : asArray(JSON.parse(text)).map(tolerationOf);
  } catch {
    return [];
  }
}

const FIELDS = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'];

/** Go's reader of JSON takes names of fields in any case. */
function tolerationOf(value: JsonValue): JsonValue {
  const entries = Object.entries(asObject(value) ?? {}).flatMap(([name, entry]) => {
    const field = FIELDS.find((known) => known.toLowerCase() === name.toLowerCase());
    return field === undefined || entry === null || entry === '' ? [] : [[field, entry] as const];
  });
  return Object.fromEntries(entries);
}
