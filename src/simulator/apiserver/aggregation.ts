import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ComponentId } from '../component.ts';
import type { AnswerMessage, ApiRequest, ResourceName } from '../messages.ts';
import { AGGREGATED } from '../metrics-server/metrics-server.ts';
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

export const METRICS_GROUP = 'metrics.k8s.io';

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

/** What another server serves, where there is one. */
export function aggregatedResources({ metricsServer }: ApiServerSettings): readonly ServedResource[] {
  return metricsServer === undefined ? [] : METRICS_RESOURCES;
}

export function aggregatedResource(
  settings: ApiServerSettings,
  { group, plural }: ResourceName,
): ServedResource | undefined {
  return aggregatedResources(settings).find((one) => one.group === group && one.plural === plural);
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
  context.send(
    state.settings.metricsServer ?? '',
    { type: 'call', id, method: AGGREGATED, parameters },
    { class: 'request', verb: AGGREGATED, detail: { resource: resource.plural } },
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
  else respondRefusal(server, from, request, notFound(resource, String(result['name'])));
  return true;
}

export function handedOnTimedOut(server: Server, id: number): void {
  const asked = server.state.handedOn.get(id);
  if (asked === undefined) return;
  server.state.handedOn.delete(id);
  respondRefusal(server, asked.from, asked.request, UNAVAILABLE);
}
