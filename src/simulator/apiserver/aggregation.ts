import { pathOf } from '../client/api-client.ts';
import { askedByHttp } from '../client/http-call.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId } from '../component.ts';
import type { AnswerMessage, ApiRequest, ResourceName } from '../messages.ts';
import { AGGREGATED } from '../metrics-server/metrics-server.ts';
import { CUSTOM_GROUP, EXTERNAL, EXTERNAL_GROUP } from '../metrics-adapter/answers.ts';
import { respond, respondRefusal } from './respond.ts';
import type { ServedResource } from './served-resources.ts';
import type { ApiServerSettings, Server } from './state.ts';
import { notFound } from './status.ts';
import type { Refusal } from './status.ts';

/** A request that another server answers. Never changes. */
export interface HandedOn {
  readonly from: ComponentId;
  readonly request: ApiRequest;
  readonly resource: ServedResource;
}

export const HANDED_ON_TIMEOUT = 'handed-on-timeout';

const METRICS_GROUP = 'metrics.k8s.io';

/** Resources of metrics-server. Source: staging/src/k8s.io/metrics/pkg/apis/metrics/v1beta1/types.go, 1.36. */
const METRICS_RESOURCES: readonly ServedResource[] = [
  ['PodMetrics', 'pods', true] as const,
  ['NodeMetrics', 'nodes', false] as const,
].map(([kind, plural, namespaced]) =>
  Object.freeze({
    group: METRICS_GROUP,
    kind,
    plural,
    singular: '',
    shortNames: [],
    categories: [],
    namespaced,
    subresources: [],
    verbs: ['get', 'list'],
    versions: ['v1beta1'],
    prefix: '',
    qualified: `${plural}.metrics.k8s.io`,
  }),
);

/** What other servers serve, where there are some. */
export function aggregatedResources({ metricsServer, metricsAdapter }: ApiServerSettings): readonly ServedResource[] {
  return [
    ...(metricsServer === undefined ? [] : METRICS_RESOURCES),
    ...(metricsAdapter === undefined ? [] : adapterResources(metricsAdapter.metrics)),
  ];
}

/** Of an adapter: each resource with its metrics as parts, and each external metric as a resource. */
function adapterResources(
  metrics: readonly { readonly of: string; readonly metric: string }[],
): readonly ServedResource[] {
  const plurals = [...new Set(metrics.map(({ of }) => of))].filter((of) => of !== EXTERNAL);
  const external = new Set(metrics.flatMap(({ of, metric }) => (of === EXTERNAL ? [metric] : [])));
  return [
    ...plurals.map((plural) =>
      customResource(
        plural,
        metrics.flatMap(({ of, metric }) => (of === plural ? [metric] : [])),
      ),
    ),
    ...[...external].map(externalResource),
  ];
}

const NO_NAMES = { singular: '', shortNames: [], categories: [], prefix: '' } as const;

function customResource(plural: string, subresources: readonly string[]): ServedResource {
  const namespaced = plural !== 'namespaces' && plural !== 'nodes';
  const group = CUSTOM_GROUP;
  const common = { ...NO_NAMES, group, kind: 'MetricValueList', plural, namespaced, verbs: ['get'] };
  return Object.freeze({ ...common, subresources, versions: ['v1beta2', 'v1beta1'], qualified: `${plural}.${group}` });
}

function externalResource(plural: string): ServedResource {
  const group = EXTERNAL_GROUP;
  const common = { ...NO_NAMES, group, kind: 'ExternalMetricValueList', plural, namespaced: true };
  const verbs = ['get', 'list'];
  return Object.freeze({ ...common, subresources: [], verbs, versions: ['v1beta1'], qualified: `${plural}.${group}` });
}

/** What a request for a resource of another server is; an adapter itself says which metrics it does not know. */
export function aggregatedResource(
  settings: ApiServerSettings,
  { group, plural }: ResourceName,
  subresource: string | undefined,
): ServedResource | undefined {
  if (settings.metricsAdapter !== undefined && group === CUSTOM_GROUP)
    return customResource(plural, subresource === undefined ? [] : [subresource]);
  if (settings.metricsAdapter !== undefined && group === EXTERNAL_GROUP) return externalResource(plural);
  return aggregatedResources(settings).find((one) => one.group === group && one.plural === plural);
}

/** Whether another server answers for a group. */
export function isAggregated({ group }: ServedResource): boolean {
  return [METRICS_GROUP, CUSTOM_GROUP, EXTERNAL_GROUP].includes(group);
}

/** Source: staging/src/k8s.io/kube-aggregator/pkg/apiserver/handler_proxy.go, 1.36. */
const UNAVAILABLE: Refusal = {
  code: 503,
  reason: 'ServiceUnavailable',
  message: 'the server is currently unable to handle the request',
};

/** Hands a request to the server that has its group. */
export function handOn(server: Server, from: ComponentId, request: ApiRequest, resource: ServedResource): void {
  const { state, context } = server;
  const id = context.next('connection');
  state.handedOn.set(id, Object.freeze({ from, request, resource }));
  const parameters = Object.freeze({ request });
  const { metricsServer, metricsAdapter } = state.settings;
  const isResource = resource.group === METRICS_GROUP;
  const method = isResource ? AGGREGATED : `GET /apis/${resource.group}/${request.resource.version}`;
  context.send(
    (isResource ? metricsServer : metricsAdapter?.component) ?? '',
    { type: 'call', id, method, parameters },
    askedByHttp(method, pathOf(request)),
  );
  // Autoscalers ask for ever: a cluster in which only that goes on has settled.
  context.timer(context.numbers.apiServer.dialTimeoutMs, HANDED_ON_TIMEOUT, id, { periodic: true });
}

/** It has answered; false where it was not asked. */
export function handedBack(server: Server, { id, result }: AnswerMessage): boolean {
  const asked = server.state.handedOn.get(id);
  if (asked === undefined) return false;
  server.state.handedOn.delete(id);
  const { from, request, resource } = asked;
  if (result['code'] === 200) respond(server, from, request, 200, result['body'] as KubernetesObject);
  else if (result['message'] !== undefined)
    respondRefusal(server, from, request, { code: 404, reason: 'NotFound', message: String(result['message']) });
  else respondRefusal(server, from, request, notFound(resource, String(result['name'])));
  return true;
}

export function handedOnTimedOut(server: Server, id: number): void {
  const asked = server.state.handedOn.get(id);
  if (asked === undefined) return;
  server.state.handedOn.delete(id);
  respondRefusal(server, asked.from, asked.request, UNAVAILABLE);
}
