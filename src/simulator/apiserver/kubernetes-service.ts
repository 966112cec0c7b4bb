import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { arrayAt, jsonEqual, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { apiEndpoints, endpointsPort } from '../bootstrap/network-objects.ts';
import type { ApiCall, ApiClient, ApiResult } from '../client/api-client.ts';
import { apiClient, askedAgain, resultOf, sendCall } from '../client/api-client.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import { FlowRun, resumeFlow } from '../kernel/flow.ts';
import type { EtcdRange, EtcdResult, EtcdTxn } from '../messages.ts';
import { APISERVER_USER } from './loopback.ts';

export interface KubernetesServiceSettings {
  readonly server: ComponentId;
  readonly etcd: readonly ComponentId[];
  /** The address under which this API server is reached. */
  readonly ip: string;
}

interface State {
  readonly settings: KubernetesServiceSettings;
  readonly client: ApiClient;
  /** The reconciling under way. */
  work: Work | undefined;
  /** Which member of etcd it asks, as a place in the list of its settings. */
  endpoint: number;
}

interface Work {
  readonly journal: unknown[];
  /** Ids of the question that is out; of a request, or of etcd. */
  requestId: number;
  etcdId: number;
  /** The process has just begun: what a life before has left is removed. */
  readonly isFirst: boolean;
}

type Question = ApiCall | Omit<EtcdRange, 'id'> | Omit<EtcdTxn, 'id'>;
type Answer = ApiResult | EtcdResult;
type Run = FlowRun<Question, Answer>;

const RECONCILE = 'reconcile';
/** Each API server has a key here, which goes when it has not been written for a while. */
export const MASTER_LEASES = '/registry/masterleases/';
const ENDPOINTS = { group: '', version: 'v1', plural: 'endpoints' } as const;
const SLICES = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' } as const;
const PLACE = { namespace: 'default', name: 'kubernetes' } as const;

/**
 * Of every API server: keeps its address in the endpoints of the Service `kubernetes`, and takes out those of servers that
 * are gone.
 * Source: pkg/controlplane/controller/kubernetesservice/controller.go, pkg/controlplane/reconcilers/{lease,endpointsadapter}.go,
 * 1.36.2.
 */
export const kubernetesService: ComponentDefinition<State> = {
  kind: 'kubernetes-service',
  start(context, settings) {
    const own = Object.freeze(settings as KubernetesServiceSettings);
    const client = apiClient(own.server, APISERVER_USER, 'kube-apiserver');
    const state: State = { settings: own, client, work: undefined, endpoint: 0 };
    begin(state, true, context);
    return state;
  },
  handle(state, event, context) {
    if (event.type === 'timer') return begin(state, false, context);
    const { work } = state;
    const { message } = event;
    if (work === undefined) return;
    if (message.type === 'response' && message.id === work.requestId && !askedAgain(message, context))
      goOn(state, work, resultOf(message), context);
    else if (message.type === 'etcd-result' && message.id === work.etcdId) goOn(state, work, message, context);
  },
};

/** What etcd has left alone is given up, and another member asked. */
function begin(state: State, isFirst: boolean, context: Context): void {
  const { intervalMs } = context.numbers.endpointReconciler;
  context.timer(intervalMs, RECONCILE, undefined, { periodic: true });
  if (state.work?.etcdId !== undefined && state.work.etcdId !== 0)
    state.endpoint = (state.endpoint + 1) % state.settings.etcd.length;
  state.work = { journal: [], requestId: 0, etcdId: 0, isFirst };
  run(state, state.work, context);
}

function goOn(state: State, work: Work, answer: Answer, context: Context): void {
  work.requestId = 0;
  work.etcdId = 0;
  work.journal.push(Object.freeze([answer]));
  run(state, work, context);
}

function run(state: State, work: Work, context: Context): void {
  const flow: Run = new FlowRun(work);
  const outcome = resumeFlow(flow, () => {
    // What has just begun only removes; its key is written when the server is ready.
    if (work.isFirst ? removeLease(flow, state.settings) : renewLease(flow, state.settings, context)) reconcile(flow);
  });
  if (outcome.done) {
    state.work = undefined;
    if (work.isFirst) begin(state, false, context);
    return;
  }
  if (outcome.wait.type !== 'calls') return;
  const question = outcome.wait.calls[0]!;
  if ('verb' in question) work.requestId = sendCall(state.client, question, context);
  else work.etcdId = askEtcd(state, question, context);
}

function askEtcd(state: State, question: Exclude<Question, ApiCall>, context: Context): number {
  const id = context.next('etcd');
  const { key } = question;
  const detail = { class: 'request', verb: question.type === 'etcd-txn' ? 'Txn' : 'Range', detail: { key } } as const;
  context.send(state.settings.etcd[state.endpoint]!, { ...question, id }, detail);
  return id;
}

/** Whether a life before has left its key: it goes, and the endpoints are put right at once. */
function removeLease(run: Run, { ip }: KubernetesServiceSettings): boolean {
  const found = etcd(run, { type: 'etcd-range', key: MASTER_LEASES + ip });
  const [left] = found?.found ?? [];
  if (left === undefined) return false;
  const expectedRevision = left.modRevision;
  etcd(run, { type: 'etcd-txn', key: MASTER_LEASES + ip, expectedRevision, value: undefined });
  return true;
}

/** Source: lease.go `doReconcile`. */
function reconcile(run: Run): void {
  const endpoints = api(run, { ...PLACE, verb: 'get', resource: ENDPOINTS });
  if (!endpoints.ok && endpoints.code !== 404) return;
  const listed = etcd(run, { type: 'etcd-range', key: MASTER_LEASES, end: `${MASTER_LEASES.slice(0, -1)}0` });
  const addresses = (listed?.found ?? []).map(({ key }) => key.slice(MASTER_LEASES.length));
  // Its own is there: none at all means that something is wrong.
  if (addresses.length === 0) return;
  const [wanted, slice] = apiEndpoints(addresses) as [KubernetesObject, KubernetesObject];
  if (!endpoints.ok) {
    if (!api(run, { verb: 'create', resource: ENDPOINTS, namespace: 'default', body: wanted }).ok) return;
  } else if (!isMirrorSkipped(endpoints.object) || !hasAddresses(endpoints.object, addresses)) {
    const metadata = { ...objectAt(endpoints.object, 'metadata'), labels: objectAt(wanted, 'metadata', 'labels')! };
    const body = { ...endpoints.object, metadata, subsets: wanted['subsets']! };
    if (!api(run, { ...PLACE, verb: 'update', resource: ENDPOINTS, body }).ok) return;
  }
  ensureSlice(run, slice);
}

function renewLease(run: Run, { ip }: KubernetesServiceSettings, context: Context): boolean {
  const key = MASTER_LEASES + ip;
  const [known] = etcd(run, { type: 'etcd-range', key })?.found ?? [];
  const generation = (numberAt(known?.value, 'metadata', 'generation') ?? 0) + 1;
  const value: KubernetesObject = Object.freeze({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { generation },
    subsets: [{ addresses: [{ ip }] }],
  });
  const { ttlSeconds } = context.numbers.endpointReconciler;
  const expectedRevision = known?.modRevision ?? 0;
  return etcd(run, { type: 'etcd-txn', key, expectedRevision, value, ttlSeconds })?.succeeded === true;
}

/** No other controller makes EndpointSlices of it. */
function isMirrorSkipped(endpoints: KubernetesObject): boolean {
  return labelsOf(endpoints).get('endpointslice.kubernetes.io/skip-mirror') === 'true';
}

/** Source: lease.go `checkEndpointSubsetFormatWithLease`. */
function hasAddresses(endpoints: KubernetesObject, wanted: readonly string[]): boolean {
  const subsets = arrayAt(endpoints, 'subsets');
  const listed = arrayAt(subsets[0], 'addresses').map((address) => stringAt(address, 'ip') ?? '');
  const isPort = jsonEqual(arrayAt(subsets[0], 'ports'), [endpointsPort()]);
  return subsets.length === 1 && isPort && jsonEqual(listed.toSorted(), wanted.toSorted());
}

/** Source: endpointsadapter.go `EnsureEndpointSliceFromEndpoints`. */
function ensureSlice(run: Run, wanted: KubernetesObject): void {
  const known = api(run, { ...PLACE, verb: 'get', resource: SLICES });
  if (!known.ok) {
    if (known.code === 404) api(run, { verb: 'create', resource: SLICES, namespace: 'default', body: wanted });
    return;
  }
  const { endpoints, ports } = wanted;
  const isSame = jsonEqual(known.object['endpoints'], endpoints) && jsonEqual(known.object['ports'], ports);
  if (isSame) return;
  api(run, {
    ...PLACE,
    verb: 'update',
    resource: SLICES,
    body: { ...known.object, endpoints: endpoints!, ports: ports! },
  });
}

function api(run: Run, call: ApiCall): ApiResult {
  return run.call(call) as ApiResult;
}

/** Undefined where etcd did not do it. */
function etcd(run: Run, question: Exclude<Question, ApiCall>): EtcdResult | undefined {
  const answer = run.call(question) as EtcdResult;
  return answer.error === undefined ? answer : undefined;
}
