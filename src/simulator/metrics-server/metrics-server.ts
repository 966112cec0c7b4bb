import { answeredByHttp, askedByHttp } from '../client/http-call.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';
import type { ApiClient } from '../client/api-client.ts';
import { apiClient } from '../client/api-client.ts';
import type { Informer } from '../client/informer.ts';
import { informerTimer, informersHear, startInformer } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { AnswerMessage, ApiRequest, CallMessage } from '../messages.ts';
import type { NodePoints } from '../kubelet/resource-metrics.ts';
import { RESOURCE_METRICS } from '../kubelet/resource-metrics.ts';
import { metricsAnswer } from './answers.ts';
import type { Points } from './points.ts';
import { NO_POINTS, stored } from './points.ts';

export interface MetricsServerSettings {
  readonly server: ComponentId;
}

interface MetricsServerState {
  readonly client: ApiClient;
  /** Of Nodes and Pods, in this order. */
  readonly informers: readonly Informer[];
  points: Points;
  /** What the Nodes have said in this round, and who was asked, by the id of the call. */
  readonly batch: Map<string, NodePoints>;
  readonly asked: Map<number, string>;
}

const WATCHED = [
  { group: '', version: 'v1', plural: 'nodes' },
  { group: '', version: 'v1', plural: 'pods' },
] as const;

/** How an API server hands on what it is asked of a group that another server serves. */
export const AGGREGATED = 'GET /apis/metrics.k8s.io/v1beta1';

const ROUND = 'scrape';
const ROUND_ENDS = 'scrape-ends';

/**
 * metrics-server: asks every kubelet what its containers use, and serves the resource metrics API from that. It stands
 * beside the Pods, as CoreDNS does. Kubelets are asked all at once.
 * Source: github.com/kubernetes-sigs/metrics-server/pkg/server/server.go, pkg/scraper/scraper.go, v0.8.
 */
export const metricsServer: ComponentDefinition<MetricsServerState> = {
  kind: 'metrics-server',
  start(context, settings) {
    const { server } = settings as MetricsServerSettings;
    const groups = ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'];
    const user = { name: 'system:serviceaccount:kube-system:metrics-server', groups };
    const client = apiClient(server, user, 'metrics-server');
    context.timer(context.numbers.metricsServer.resolutionMs, ROUND, undefined, { periodic: true });
    return {
      client,
      informers: WATCHED.map((resource) => startInformer({ resource }, client, context)),
      points: NO_POINTS,
      batch: new Map(),
      asked: new Map(),
    };
  },
  handle(state, event, context) {
    if (event.type === 'timer' && event.name === ROUND) return beginRound(state, context);
    if (event.type === 'timer' && event.name === ROUND_ENDS) return endRound(state, context);
    if (event.type === 'timer') return informerTimer(state, event, context);
    const { message, from } = event;
    if (message.type === 'call' && message.method === AGGREGATED) return serve(state, from, message, context);
    if (message.type === 'answer') return heard(state, message, context);
    informersHear(state.informers, message, context);
  },
};

function beginRound(state: MetricsServerState, context: Context): void {
  const { resolutionMs, timeoutMs } = context.numbers.metricsServer;
  context.timer(resolutionMs, ROUND, undefined, { periodic: true });
  state.batch.clear();
  state.asked.clear();
  for (const node of state.informers[0]!.view.list()) {
    const id = context.next('scrape');
    state.asked.set(id, nameOf(node));
    const message = { type: 'call', id, method: RESOURCE_METRICS, parameters: Object.freeze({}) } as const;
    context.send(`kubelet/${nameOf(node)}`, message, askedByHttp(RESOURCE_METRICS));
  }
  if (state.asked.size > 0) context.timer(timeoutMs, ROUND_ENDS, undefined, { periodic: true });
}

function heard(state: MetricsServerState, { id, result }: AnswerMessage, context: Context): void {
  const node = state.asked.get(id);
  if (node === undefined) return;
  state.asked.delete(id);
  state.batch.set(node, ofNode(state, node, result['points'] as NodePoints));
  if (state.asked.size === 0) endRound(state, context);
}

/** A Pod that is not known, or not on that Node, is dropped. Source: scraper.go `collectNode`. */
function ofNode(state: MetricsServerState, node: string, points: NodePoints): NodePoints {
  const pods = state.informers[1]!.view;
  const containers = points.containers.filter(
    ({ namespace, pod }) => stringAt(pods.get(namespace, pod), 'spec', 'nodeName') === node,
  );
  return Object.freeze({ ...points, containers });
}

/** All have answered, or the time for it is over. */
function endRound(state: MetricsServerState, context: Context): void {
  if (state.asked.size === 0 && state.batch.size === 0) return;
  state.points = stored(state.points, state.batch, context.numbers.metricsServer.resolutionMs);
  state.batch.clear();
  state.asked.clear();
}

function serve(
  state: MetricsServerState,
  to: ComponentId,
  { id, method, parameters }: CallMessage,
  context: Context,
): void {
  const [nodes, pods] = state.informers.map(({ view }) => view);
  const request = parameters['request'] as ApiRequest;
  const result = Object.freeze(metricsAnswer(request, state.points, { pods: pods!, nodes: nodes! }, context.nowMs));
  const message = { type: 'answer', id, method, ok: result.code === 200, result } as const;
  context.send(to, message, answeredByHttp(result.code));
}
