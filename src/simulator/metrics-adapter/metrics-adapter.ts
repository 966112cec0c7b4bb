import { answeredByHttp, askedByHttp } from '../client/http-call.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { ApiClient } from '../client/api-client.ts';
import { apiClient } from '../client/api-client.ts';
import type { Informer } from '../client/informer.ts';
import { informerTimer, informersHear, startInformer } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { INGRESS_PROXY, REQUEST_COUNTS } from '../ingress/ingress-proxy.ts';
import type { NodePoints } from '../kubelet/resource-metrics.ts';
import { RESOURCE_METRICS } from '../kubelet/resource-metrics.ts';
import type { AnswerMessage, ApiRequest, CallMessage } from '../messages.ts';
import { adapterAnswer } from './answers.ts';
import type { Counts } from './counts.ts';
import { addPoints, addSample, forgetOld } from './counts.ts';
import { resourceName } from '../controllers/shared-informers.ts';
import type { NamedSeries } from './series.ts';
import { installedUser } from '../client/installed-user.ts';

export const METRICS_ADAPTER = 'metrics-adapter';

export interface MetricsAdapterSettings {
  readonly server: ComponentId;
  readonly series: readonly NamedSeries[];
}

interface MetricsAdapterState {
  readonly settings: MetricsAdapterSettings;
  readonly client: ApiClient;
  /** As `WATCHED`. */
  readonly informers: readonly Informer[];
  readonly counts: Counts;
}

const ADAPTER_USER = installedUser('monitoring', 'metrics-adapter');

const WATCHED = [
  { group: '', version: 'v1', plural: 'nodes' },
  { group: '', version: 'v1', plural: 'pods' },
  { group: '', version: 'v1', plural: 'services' },
  { group: '', version: 'v1', plural: 'namespaces' },
  { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' },
] as const;

const SCRAPE = 'scrape';
/** How often requests are counted. Assumed for the simulation: as metrics-server does. */
const SCRAPE_MS = 15_000;

/**
 * A server of the custom and the external metrics API, as prometheus-adapter with its Prometheus is one: it says what a
 * script gives, or how many requests a second Pods, Services and Ingresses were sent. What a container would tell of itself
 * at `/metrics` is asked of its kubelet.
 * Source: github.com/kubernetes-sigs/custom-metrics-apiserver, github.com/kubernetes-sigs/prometheus-adapter.
 */
export const metricsAdapter: ComponentDefinition<MetricsAdapterState> = {
  kind: METRICS_ADAPTER,
  start(context, settings) {
    const own = Object.freeze(settings as MetricsAdapterSettings);
    const client = apiClient(own.server, ADAPTER_USER, METRICS_ADAPTER);
    const counts = own.series.some(({ requests }) => requests !== undefined);
    if (counts) context.timer(SCRAPE_MS, SCRAPE, undefined, { periodic: true });
    const informers = WATCHED.map((resource) => startInformer({ resource }, client, context));
    return { settings: own, client, informers, counts: new Map() };
  },
  handle(state, event, context) {
    if (event.type === 'timer' && event.name === SCRAPE) return scrape(state, context);
    if (event.type === 'timer') return informerTimer(state, event, context);
    const { message, from } = event;
    if (message.type === 'call') return serve(state, from, message, context);
    if (message.type === 'answer') return heard(state, from, message, context);
    informersHear(state.informers, message, context);
  },
};

function scrape(state: MetricsAdapterState, context: Context): void {
  context.timer(SCRAPE_MS, SCRAPE, undefined, { periodic: true });
  forgetOld(state.counts, context.nowMs);
  const ask = (to: ComponentId, method: string): void => {
    const message = { type: 'call', id: context.next('scrape'), method, parameters: Object.freeze({}) } as const;
    context.send(to, message, askedByHttp(method));
  };
  for (const node of state.informers[0]!.view.list()) ask(`kubelet/${nameOf(node)}`, RESOURCE_METRICS);
  if (context.running(INGRESS_PROXY).includes(INGRESS_PROXY)) ask(INGRESS_PROXY, REQUEST_COUNTS);
}

function heard(
  { counts }: MetricsAdapterState,
  from: ComponentId,
  { ok, result }: AnswerMessage,
  context: Context,
): void {
  if (!ok) return;
  if (from !== INGRESS_PROXY) return addPoints(counts, result['points'] as NodePoints);
  for (const [route, count] of Object.entries(result['requests'] as Readonly<Record<string, number>>))
    addSample(counts, `ingresses/${route}/`, { atMs: context.nowMs, count, startedAtMs: 0 });
}

function serve(
  { settings, counts, informers }: MetricsAdapterState,
  to: ComponentId,
  { id, method, parameters }: CallMessage,
  context: Context,
): void {
  const answer = adapterAnswer(parameters['request'] as ApiRequest, {
    series: settings.series,
    counts,
    nowMs: context.nowMs,
    view(qualified) {
      const at = WATCHED.findIndex((resource) => resourceName(resource) === qualified);
      return informers[at]?.view;
    },
  });
  const message = { type: 'answer', id, method, ok: answer.code === 200, result: Object.freeze(answer) } as const;
  context.send(to, message, answeredByHttp(answer.code));
}
