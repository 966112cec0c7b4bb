import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { groupBy } from '../../base/group-by.ts';
import { arrayAt, numberAt, stringAt, valueAt } from '../../base/json.ts';

/** What a workload wants and has, as its own status says it. */
export interface FrameWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
}

/** The endpoints of a Service, from its EndpointSlices. */
export interface FrameService {
  readonly namespace: string;
  readonly name: string;
  readonly ready: number;
  readonly total: number;
  readonly endpoints: readonly FrameEndpoint[];
}

/** One address of a Service. A terminating one gets no new connections while others are ready. */
export interface FrameEndpoint {
  readonly address: string;
  /** Name of the Pod behind it; '' where it is none. */
  readonly pod: string;
  readonly state: 'ready' | 'notReady' | 'terminating';
}

/** Where each kind of workload says what it wants and what it has. */
const COUNTS: Readonly<Record<string, readonly [desired: readonly string[], current: string, ready: string]>> = {
  Deployment: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  ReplicaSet: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  ReplicationController: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  StatefulSet: [['spec', 'replicas'], 'replicas', 'readyReplicas'],
  DaemonSet: [['status', 'desiredNumberScheduled'], 'currentNumberScheduled', 'numberReady'],
  Job: [['spec', 'completions'], 'active', 'succeeded'],
};

/** Objects never change, so what was said of one holds for ever. */
const knownWorkloads = new WeakMap<KubernetesObject, readonly FrameWorkload[]>();
/** And what was said of a Service, while its slices are the same. */
const knownServices = new WeakMap<
  KubernetesObject,
  { readonly slices: readonly KubernetesObject[]; readonly frame: FrameService }
>();

export function frameWorkload(object: KubernetesObject): readonly FrameWorkload[] {
  if (!Object.hasOwn(COUNTS, object.kind)) return [];
  const before = knownWorkloads.get(object);
  if (before !== undefined) return before;
  const frames = newFrameWorkload(object);
  knownWorkloads.set(object, frames);
  return frames;
}

function newFrameWorkload(object: KubernetesObject): readonly FrameWorkload[] {
  const [desired, current, ready] = COUNTS[object.kind]!;
  return [
    {
      kind: object.kind,
      namespace: namespaceOf(object) ?? '',
      name: nameOf(object),
      desired: numberAt(object, ...desired) ?? 0,
      current: numberAt(object, 'status', current) ?? 0,
      ready: numberAt(object, 'status', ready) ?? 0,
    },
  ];
}

/** Endpoints of one Service that travel to the page; the counts are of all. */
const MOST_ENDPOINTS = 200;

export function frameServices(objects: readonly KubernetesObject[]): readonly FrameService[] {
  const slices = groupBy(
    objects.filter(({ kind }) => kind === 'EndpointSlice'),
    (slice) =>
      `${namespaceOf(slice) ?? ''}/${stringAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name') ?? ''}`,
  );
  return objects
    .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
    .map((service) => frameService(service, slices.get(`${namespaceOf(service) ?? ''}/${nameOf(service)}`) ?? []));
}

function frameService(service: KubernetesObject, slices: readonly KubernetesObject[]): FrameService {
  const before = knownServices.get(service);
  if (before?.slices.length === slices.length && slices.every((slice, index) => slice === before.slices[index]))
    return before.frame;
  const endpoints = slices.flatMap((slice) => arrayAt(slice, 'endpoints')).map(frameEndpoint);
  const frame = {
    namespace: namespaceOf(service) ?? '',
    name: nameOf(service),
    ready: endpoints.filter(({ state }) => state === 'ready').length,
    total: endpoints.length,
    endpoints: endpoints.slice(0, MOST_ENDPOINTS),
  };
  knownServices.set(service, { slices, frame });
  return frame;
}

function frameEndpoint(endpoint: unknown): FrameEndpoint {
  const is = (condition: string): boolean => valueAt(endpoint, 'conditions', condition) === true;
  const [address] = arrayAt(endpoint, 'addresses');
  return {
    address: typeof address === 'string' ? address : '',
    pod: stringAt(endpoint, 'targetRef', 'name') ?? '',
    state: is('terminating') ? 'terminating' : is('ready') ? 'ready' : 'notReady',
  };
}
