import type { KubernetesObject } from '../../apimachinery/object.ts';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { arrayAt, asName, booleanAt, nameAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { podTemplateReferences } from '../shared/pod-spec/pod-spec.references.ts';
import { podSpecFields } from '../shared/pod-spec/pod-template.fields.ts';
import { POD_TEMPLATE, newSelectorAndTemplate } from '../shared/pod-spec/pod-template.ts';
import { workloadSelectorReferences } from '../shared/pod-spec/workload-selector.ts';
import { podTemplateGestures, replicasOf, workloadSummary } from '../shared/pod-spec/workload.ts';

const GROUP = 'argoproj.io';
const gestures = podTemplateGestures(POD_TEMPLATE);

/** Argo's Rollout: a Deployment with other strategies. Fields as of Argo Rollouts 1.8. */
export const rollout: KindDefinition = {
  group: GROUP,
  version: 'v1alpha1',
  kind: 'Rollout',
  resource: 'rollouts',
  shortNames: ['ro'],
  scope: 'Namespaced',
  category: 'custom',
  newObject: (name, namespace) => ({
    apiVersion: `${GROUP}/v1alpha1`,
    kind: 'Rollout',
    metadata: newMetadata(name, namespace),
    spec: {
      replicas: 1,
      ...newSelectorAndTemplate(name),
      strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } },
    },
  }),
  references: (object) => [
    ...workloadSelectorReferences(object),
    ...podTemplateReferences(object, POD_TEMPLATE, namespaceOrDefault(object)),
    ...workloadReference(object),
    ...serviceReferences(object),
    ...trafficReferences(object),
    ...analysisReferences(object),
  ],
  podTemplate: gestures.podTemplate,
  connections: gestures.connections,
  disconnect,
  summary: (object) => {
    const strategy = ['canary', 'blueGreen'].find((name) => objectAt(object, 'spec', 'strategy', name));
    return workloadSummary(object, POD_TEMPLATE, { pods: replicasOf(object), ...(strategy && { detail: strategy }) });
  },
  fields: ['spec.replicas', 'spec.strategy', 'spec.workloadRef.name', ...podSpecFields('spec.template.spec')],
};

/** The template may stand in a Deployment instead, which Argo then scales down. */
function workloadReference(object: KubernetesObject): readonly Reference[] {
  const path = ['spec', 'workloadRef'];
  const kind = nameAt(object, ...path, 'kind') ?? 'Deployment';
  const { group } = parseApiVersion(stringAt(object, ...path, 'apiVersion') ?? 'apps/v1');
  return nameReference(object, 'scaleTarget', [...path, 'name'], {
    group,
    kind,
    namespace: namespaceOrDefault(object),
  });
}

const SERVICES: readonly Path[] = [
  ['canary', 'stableService'],
  ['canary', 'canaryService'],
  ['canary', 'pingPong', 'pingService'],
  ['canary', 'pingPong', 'pongService'],
  ['blueGreen', 'activeService'],
  ['blueGreen', 'previewService'],
];

/** Services whose selectors Argo points at one revision or the other. */
function serviceReferences(object: KubernetesObject): readonly Reference[] {
  const service = { group: '', kind: 'Service', namespace: namespaceOrDefault(object) };
  return SERVICES.flatMap((path) => nameReference(object, 'backend', ['spec', 'strategy', ...path], service));
}

/** What Argo edits to shift traffic from one revision to the other. */
function trafficReferences(object: KubernetesObject): readonly Reference[] {
  const namespace = namespaceOrDefault(object);
  const routing = ['spec', 'strategy', 'canary', 'trafficRouting'];
  const ingress = { group: 'networking.k8s.io', kind: 'Ingress', namespace };
  const istio = (kind: string) => ({ group: 'networking.istio.io', kind, namespace });
  const item = (list: Path) => arrayAt(object, ...routing, ...list).map((_, index) => [...routing, ...list, index]);
  return [
    ...nameReference(object, 'custom', [...routing, 'nginx', 'stableIngress'], ingress),
    ...item(['nginx', 'stableIngresses']).flatMap((field) => nameReference(object, 'custom', field, ingress)),
    ...nameReference(object, 'custom', [...routing, 'alb', 'ingress'], ingress),
    ...nameReference(object, 'custom', [...routing, 'istio', 'virtualService', 'name'], istio('VirtualService')),
    ...item(['istio', 'virtualServices']).flatMap((path) =>
      nameReference(object, 'custom', [...path, 'name'], istio('VirtualService')),
    ),
    ...nameReference(object, 'custom', [...routing, 'istio', 'destinationRule', 'name'], istio('DestinationRule')),
  ];
}

/** Analysis in the background, in steps, and before and after promotion. */
function analysisReferences(object: KubernetesObject): readonly Reference[] {
  const strategy = ['spec', 'strategy'];
  const steps = arrayAt(object, ...strategy, 'canary', 'steps').map((_, index) => [
    ...strategy,
    'canary',
    'steps',
    index,
    'analysis',
  ]);
  const analyses: readonly Path[] = [
    [...strategy, 'canary', 'analysis'],
    ...steps,
    [...strategy, 'blueGreen', 'prePromotionAnalysis'],
    [...strategy, 'blueGreen', 'postPromotionAnalysis'],
  ];
  return analyses.flatMap((analysis) =>
    arrayAt(object, ...analysis, 'templates').flatMap((template, index) => {
      const isCluster = booleanAt(template, 'clusterScope') === true;
      const kind = isCluster ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
      const namespace = isCluster ? '' : namespaceOrDefault(object);
      return nameReference(object, 'custom', [...analysis, 'templates', index, 'templateName'], {
        group: GROUP,
        kind,
        namespace,
      });
    }),
  );
}

function disconnect(object: KubernetesObject, reference: Reference): readonly FieldEdit[] | Refusal {
  const { field } = reference;
  if (field[1] === 'workloadRef') return { refused: 'disconnect.required' };
  if (field[1] !== 'strategy') return gestures.disconnect(object, reference);
  // Blue-green cannot do without the Service in use.
  if (field.at(-1) === 'activeService') return { refused: 'disconnect.required' };
  const path = field.at(-1) === 'name' || field.at(-1) === 'templateName' ? field.slice(0, -1) : field;
  if (typeof path.at(-1) === 'number') return [removeListItem(object, path)];
  return asName(valueAt(object, ...field)) === undefined ? [] : [{ op: 'delete', path }];
}
