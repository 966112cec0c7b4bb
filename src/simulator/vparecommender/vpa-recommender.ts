import { conditionsOf, setCondition } from '../../apimachinery/conditions.ts';
import { parseLabelSelector, selectsObject } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { milliValueOf, quantityOf, valueOf } from '../../apimachinery/quantity.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, jsonEqual, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Controller, ReconcileContext } from '../controllers/controller.ts';
import { DAEMON_SETS, DEPLOYMENTS, PODS, REPLICA_SETS, STATEFUL_SETS } from '../controllers/resources.ts';
import { timeOf } from '../kernel/clock.ts';
import type { ResourceName } from '../messages.ts';
import type { Aggregate, MemoryWindow } from './recommendation.ts';
import { NO_SAMPLES, policiesOf, recommendationOf, withCpu, withMemory } from './recommendation.ts';
import { installedUser } from '../client/installed-user.ts';

export const VPA_RECOMMENDER = 'vpa-recommender';

export const RECOMMENDER_USER = installedUser('kube-system', 'vpa-recommender');

const AUTOSCALERS: ResourceName = { group: 'autoscaling.k8s.io', version: 'v1', plural: 'verticalpodautoscalers' };
const POD_METRICS: ResourceName = { group: 'metrics.k8s.io', version: 'v1beta1', plural: 'pods' };
const TARGETS: ReadonlyMap<string, ResourceName> = new Map([
  ['Deployment', DEPLOYMENTS],
  ['StatefulSet', STATEFUL_SETS],
  ['DaemonSet', DAEMON_SETS],
  ['ReplicaSet', REPLICA_SETS],
]);
const ALL = 'autoscalers';
/** Source: vertical-pod-autoscaler/pkg/recommender/main.go `--recommender-interval`, v1.7.0. */
const PERIOD_MS = 60_000;

/** What was seen, by `namespace/name` of an autoscaler and container, and the days' highest by Pod and container. */
interface Seen {
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  readonly windows: Readonly<Record<string, MemoryWindow>>;
}

/**
 * The recommender of the Vertical Pod Autoscaler: looks every minute at what the Pods of each target use, and writes what
 * they should request. Nobody evicts Pods or changes their requests: there is no updater and no admission controller.
 * Source: vertical-pod-autoscaler/pkg/recommender/routines/recommender.go, v1.7.0.
 */
export const vpaRecommender: Controller = {
  name: VPA_RECOMMENDER,
  workers: 1,
  watches: [AUTOSCALERS, PODS, ...TARGETS.values()].map((resource) => ({ resource, keysOf: () => [] })),
  resync: { everyMs: PERIOD_MS, keysOf: () => [ALL] },
  reconcile(context) {
    const autoscalers = context.view(AUTOSCALERS).list();
    if (autoscalers.length === 0) return;
    let seen = (context.memory ?? { aggregates: {}, windows: {} }) as Seen;
    for (const namespace of new Set(autoscalers.map((vpa) => namespaceOf(vpa) ?? 'default'))) {
      const own = autoscalers.filter((vpa) => (namespaceOf(vpa) ?? 'default') === namespace);
      const answer = context.api.call({ verb: 'list', resource: POD_METRICS, namespace });
      if (!answer.ok) continue;
      for (const vpa of own) seen = withMetrics(context, seen, vpa, arrayAt(answer.object, 'items'));
    }
    for (const vpa of autoscalers) recommend(context, seen, vpa);
    context.remember(Object.freeze(seen));
  },
};

const keyOf = (vpa: KubernetesObject): string => `${namespaceOf(vpa) ?? ''}/${nameOf(vpa)}`;

function withMetrics(
  context: ReconcileContext,
  before: Seen,
  vpa: KubernetesObject,
  items: readonly JsonValue[],
): Seen {
  const aggregates = { ...before.aggregates };
  const windows = { ...before.windows };
  const pods = podsOf(context, vpa);
  for (const item of items) {
    const pod = stringAt(item, 'metadata', 'name') ?? '';
    if (!pods.has(pod)) continue;
    for (const container of arrayAt(item, 'containers')) {
      const name = stringAt(container, 'name') ?? '';
      const [key, place] = [`${keyOf(vpa)}/${name}`, `${keyOf(vpa)}/${pod}/${name}`];
      const cpu = quantityOf(valueAt(container, 'usage', 'cpu'));
      const memory = quantityOf(valueAt(container, 'usage', 'memory'));
      let aggregate = aggregates[key] ?? NO_SAMPLES;
      if (cpu !== undefined) aggregate = withCpu(aggregate, Number(milliValueOf(cpu)) / 1000, context.nowMs);
      if (memory !== undefined) {
        const next = withMemory(aggregate, windows[place], Number(valueOf(memory)), context.nowMs);
        aggregate = next.aggregate;
        windows[place] = next.window;
      }
      aggregates[key] = aggregate;
    }
  }
  return { aggregates, windows };
}

/** Names of the Pods of the target. */
function podsOf(context: ReconcileContext, vpa: KubernetesObject): ReadonlySet<string> {
  const resource = TARGETS.get(stringAt(vpa, 'spec', 'targetRef', 'kind') ?? '');
  const namespace = namespaceOf(vpa);
  if (resource === undefined) return new Set();
  const target = context.view(resource).get(namespace, stringAt(vpa, 'spec', 'targetRef', 'name') ?? '');
  const selector = parseLabelSelector(valueAt(target, 'spec', 'selector'));
  if (target === undefined || selector.invalid !== undefined || selector.nothing === true) return new Set();
  return new Set(
    context
      .view(PODS)
      .list(namespace)
      .filter((pod) => selectsObject(selector, pod))
      .map(nameOf),
  );
}

function recommend(context: ReconcileContext, { aggregates }: Seen, vpa: KubernetesObject): void {
  const prefix = `${keyOf(vpa)}/`;
  const states = new Map(
    Object.entries(aggregates).flatMap(([key, state]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), state] as const] : [],
    ),
  );
  if (states.size === 0) return;
  const recommendation = recommendationOf(states, policiesOf(vpa));
  const condition = { type: 'RecommendationProvided', status: 'True', reason: '', message: '' } as const;
  const conditions = setCondition(conditionsOf(vpa), condition, timeOf(context.nowMs));
  const status = { conditions, recommendation };
  if (jsonEqual(status, objectAt(vpa, 'status'))) return;
  const { apiVersion, kind } = vpa;
  const place = { resource: AUTOSCALERS, namespace: namespaceOf(vpa) ?? 'default', name: nameOf(vpa) };
  const body: KubernetesObject = { apiVersion, kind, status };
  context.api.call({ verb: 'patch', ...place, subresource: 'status', options: { patchType: 'merge' }, body });
}
