import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import { containersOf } from './exam-plan.ts';
import type { ExamObject, ExamPlace } from './exam-plan.ts';

export const EXAM_RULES = ['probes', 'secrets', 'spread', 'database'] as const;
export type ExamRuleId = (typeof EXAM_RULES)[number];

export interface RuleResult {
  readonly id: ExamRuleId;
  readonly passed: boolean;
  /** The first line that breaks it. */
  readonly place: ExamPlace | undefined;
}

const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];
const DATABASE = /(?:^|\/)(?:mysql|mariadb|postgres|postgresql|mongo|mongodb|redis|cassandra|etcd)(?:[:@]|$)/;
const SECRET_NAME = /passw|secret|token|credential|api_?key/i;
const POD: Path = ['spec', 'template', 'spec'];

/** What a design is asked for before anything breaks. */
export function checkRules(objects: readonly ExamObject[]): readonly RuleResult[] {
  const workloads = objects.filter(({ object }) => WORKLOADS.includes(object.kind));
  const breaks = (pathOf: (object: KubernetesObject) => Path | undefined): ExamPlace | undefined => {
    for (const { record, object } of workloads) {
      const path = pathOf(object);
      if (path !== undefined) return { record, path };
    }
    return undefined;
  };
  const result = (id: ExamRuleId, place: ExamPlace | undefined, passed = place === undefined): RuleResult => ({
    id,
    passed: passed && workloads.length > 0,
    place,
  });
  const databases = workloads.filter(({ object }) => imagesOf(object).some((image) => DATABASE.test(image)));
  const wrong = databases.find(
    ({ object }) => object.kind !== 'StatefulSet' || arrayAt(object, 'spec', 'volumeClaimTemplates').length === 0,
  );
  const place = wrong && { record: wrong.record, path: wrong.object.kind === 'StatefulSet' ? ['spec'] : ['kind'] };
  return [
    result('probes', breaks(withoutProbe)),
    result('secrets', breaks(secretInEnvironment)),
    result('spread', breaks(notSpread)),
    result('database', place, wrong === undefined && databases.length > 0),
  ];
}

function imagesOf(object: KubernetesObject): readonly string[] {
  return containersOf(object).map((container) => stringAt(container, 'image') ?? '');
}

function withoutProbe(object: KubernetesObject): Path | undefined {
  const index = containersOf(object).findIndex((container) => valueAt(container, 'readinessProbe') === undefined);
  return index < 0 ? undefined : [...POD, 'containers', index, 'readinessProbe'];
}

function secretInEnvironment(object: KubernetesObject): Path | undefined {
  for (const [index, container] of containersOf(object).entries()) {
    const variable = arrayAt(container, 'env').findIndex(
      (one) =>
        valueAt(one, 'valueFrom', 'secretKeyRef') !== undefined ||
        (SECRET_NAME.test(stringAt(one, 'name') ?? '') && (stringAt(one, 'value') ?? '') !== ''),
    );
    if (variable >= 0) return [...POD, 'containers', index, 'env', variable];
    const from = arrayAt(container, 'envFrom').findIndex((one) => valueAt(one, 'secretRef') !== undefined);
    if (from >= 0) return [...POD, 'containers', index, 'envFrom', from];
  }
  return undefined;
}

/** A Deployment of one is in one place; of several nobody keeps apart what nothing keeps apart. */
function notSpread(object: KubernetesObject): Path | undefined {
  if (object.kind !== 'Deployment') return undefined;
  if ((numberAt(object, 'spec', 'replicas') ?? 1) < 2) return ['spec', 'replicas'];
  const isSpread =
    arrayAt(object, ...POD, 'topologySpreadConstraints').length > 0 ||
    valueAt(object, ...POD, 'affinity', 'podAntiAffinity') !== undefined;
  return isSpread ? undefined : [...POD, 'topologySpreadConstraints'];
}
