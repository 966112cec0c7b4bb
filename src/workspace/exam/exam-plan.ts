import { isEmptySelector, labelSelectorFromMap, matchesLabels } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { hashOf } from '../../base/hash.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, asArray, isJsonObject, stringAt, stringMapAt, valueAt } from '../../base/json.ts';

/** What is done to a shop on its exam day. */
export const EXAM_FAULTS = ['crash', 'release', 'node', 'config', 'load'] as const;
export type ExamFaultId = (typeof EXAM_FAULTS)[number];

/** An object of the design, and how its record is called. */
export interface ExamObject {
  readonly record: string;
  readonly object: KubernetesObject;
}

/** A place in the design that answers for something. */
export interface ExamPlace {
  readonly record: string;
  readonly path: Path;
}

export interface PlannedFault {
  readonly id: ExamFaultId;
  /** Milliseconds of the run between which it is watched. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** The line of the design that answers for how it goes. */
  readonly place: ExamPlace;
}

export interface ExamPlan {
  /** `Deployment/shop/web`, whose users are counted. */
  readonly workload: string;
  readonly faults: readonly PlannedFault[];
  readonly endsAtMs: number;
  /** `Service/shop/web`, through which they come. */
  readonly service: string;
  /** The Script of the exam; without what a first run tells of the cluster it ends before anything breaks. */
  script(found?: FoundInRun): string;
}

/** What is known when the design has come up; the same again for the same seed. */
export interface FoundInRun {
  /** `shop/web-5d…`, which crashes. */
  readonly pod: string;
  /** Where it ran when it was found: the Node that is lost. */
  readonly node: string;
  /** The address of the Service: machines do not know its name. */
  readonly address: string;
}

/** When the design has had time to come up, and how long each fault is watched. Seconds of the run. */
const BEGINS_S = 90;
const WATCHED_S = 120;
/** Requests a second of its users. */
const RATE = 2;
const BROKEN = 'exam-broken';

/** What is done to a design, drawn by a seed; undefined where it has no Service with a workload behind it. */
export function planExam(objects: readonly ExamObject[], seed: number): ExamPlan | undefined {
  const entry = entryOf(objects);
  if (entry === undefined) return undefined;
  const { service, workload } = entry;
  // The crash comes first: releases would have taken away the Pod that is known.
  const rank = (id: ExamFaultId): number => (id === 'crash' ? -1 : drawn(seed, id));
  const order = EXAM_FAULTS.toSorted((a, b) => rank(a) - rank(b));
  const faults = order.map((id, index): PlannedFault => {
    const fromMs = (BEGINS_S + index * WATCHED_S) * 1000;
    return { id, fromMs, untilMs: fromMs + WATCHED_S * 1000, place: placeOf(id, workload, objects) };
  });
  const endS = BEGINS_S + EXAM_FAULTS.length * WATCHED_S;
  return {
    workload: `${workload.object.kind}/${namespaceOf(workload.object) ?? 'default'}/${nameOf(workload.object)}`,
    faults,
    endsAtMs: endS * 1000,
    service: `Service/${namespaceOf(service) ?? 'default'}/${nameOf(service)}`,
    script(found) {
      const port = portOf(service);
      const described = {
        apiVersion: 'drydock.dev/v1',
        kind: 'Script',
        seed,
        topology: { nodes: 3 },
        behaviours: behavioursOf(workload),
        timesFrom: 'start',
      };
      if (found === undefined) return JSON.stringify({ ...described, until: `${BEGINS_S}s` });
      const users = { from: sender(objects), to: found.address, port, timeout: '2s', rate: RATE };
      const stage = { workload, port, objects, endS, ...found };
      return JSON.stringify({
        ...described,
        until: `${endS}s`,
        steps: [
          { at: `${BEGINS_S}s`, request: { ...users, for: `${endS - BEGINS_S}s` } },
          ...faults.flatMap((fault) => stepsOf(fault, stage)),
        ],
      });
    },
  };
}

interface Stage extends FoundInRun {
  readonly workload: ExamObject;
  readonly port: number;
  readonly objects: readonly ExamObject[];
  readonly endS: number;
}

function stepsOf(
  { id, fromMs }: PlannedFault,
  { workload, port, objects, pod, node, address, endS }: Stage,
): JsonObject[] {
  const { object } = workload;
  const at = (seconds: number): string => `${fromMs / 1000 + seconds}s`;
  const namespace = namespaceOf(object) ?? 'default';
  const target = `${object.kind.toLowerCase()}/${nameOf(object)}`;
  switch (id) {
    case 'crash':
      return [{ at: at(5), fault: 'container-kill', target: `Pod/${pod}` }];
    case 'release': {
      const [container] = containersOf(object);
      const image = `${(stringAt(container, 'image') ?? 'web').replace(/:[^/:]*$/, '')}:${BROKEN}`;
      const name = stringAt(container, 'name') ?? '';
      return [
        { at: at(5), kubectl: `set image ${target} ${name}=${image} -n ${namespace}` },
        { at: at(75), kubectl: `rollout undo ${target} -n ${namespace}` },
      ];
    }
    case 'node':
      return [{ at: at(5), fault: 'node-failure', target: `Node//${node}`, for: `${endS - fromMs / 1000}s` }];
    case 'config': {
      const name = configMapOf(object);
      const isThere = objects.some(({ object: one }) => one.kind === 'ConfigMap' && nameOf(one) === name);
      const patch = `patch configmap ${name} -n ${namespace} -p '{"data":{"EXAM":"changed"}}'`;
      return [
        ...(isThere ? [{ at: at(5), kubectl: patch }] : []),
        { at: at(10), kubectl: `rollout restart ${target} -n ${namespace}` },
      ];
    }
    case 'load':
      return [
        {
          at: at(5),
          fault: 'load-spike',
          to: address,
          port: String(port),
          rate: '100',
          from: sender(objects),
          for: '60s',
        },
      ];
  }
}

/** The Service that users come to, and what stands behind it: what is open to the outside first. */
function entryOf(objects: readonly ExamObject[]): { service: KubernetesObject; workload: ExamObject } | undefined {
  const outside = new Set(
    objects.flatMap(({ object }) =>
      ['Ingress', 'HTTPRoute'].includes(object.kind) ? namesIn(valueAt(object, 'spec')) : [],
    ),
  );
  const rank = (service: KubernetesObject): number => {
    if (outside.has(nameOf(service))) return 0;
    return ['LoadBalancer', 'NodePort'].includes(stringAt(service, 'spec', 'type') ?? '') ? 1 : 2;
  };
  const found = objects.flatMap(({ object: service }) => {
    if (service.kind !== 'Service' || stringAt(service, 'spec', 'clusterIP') === 'None') return [];
    const selector = labelSelectorFromMap(valueAt(service, 'spec', 'selector'));
    if (isEmptySelector(selector)) return [];
    const workload = objects.find(
      ({ object }) =>
        ['Deployment', 'StatefulSet'].includes(object.kind) &&
        namespaceOf(object) === namespaceOf(service) &&
        matchesLabels(selector, podLabels(object)),
    );
    return workload === undefined ? [] : [{ service, workload }];
  });
  return found.toSorted((a, b) => rank(a.service) - rank(b.service))[0];
}

function placeOf(id: ExamFaultId, { record, object }: ExamObject, objects: readonly ExamObject[]): ExamPlace {
  const scaler = objects.find(
    (one) =>
      one.object.kind === 'HorizontalPodAutoscaler' &&
      stringAt(one.object, 'spec', 'scaleTargetRef', 'name') === nameOf(object),
  );
  const pod = ['spec', 'template', 'spec'];
  const paths: Readonly<Record<ExamFaultId, Path>> = {
    crash: ['spec', 'replicas'],
    release: [...pod, 'containers', 0, 'readinessProbe'],
    node: [...pod, valueAt(object, ...pod, 'topologySpreadConstraints') ? 'topologySpreadConstraints' : 'affinity'],
    config: ['spec', object.kind === 'Deployment' ? 'strategy' : 'updateStrategy'],
    load: ['spec', 'replicas'],
  };
  if (id === 'load' && scaler !== undefined) return { record: scaler.record, path: ['spec', 'maxReplicas'] };
  return { record, path: paths[id] };
}

function behavioursOf({ object }: ExamObject): JsonObject[] {
  const labels = Object.fromEntries(podLabels(object));
  return [
    { match: { image: `*:${BROKEN}` }, readyAfter: 'never' },
    {
      match: { labels },
      readyAfter: '3s',
      stop: '1s',
      cpu: { steps: [{ from: '0s', value: '20m' }], perRequest: '40m' },
    },
  ];
}

function podLabels(object: KubernetesObject): ReadonlyMap<string, string> {
  return stringMapAt(object, 'spec', 'template', 'metadata', 'labels');
}

/** Containers of the Pods of a workload. */
export function containersOf(object: KubernetesObject): readonly JsonValue[] {
  return arrayAt(object, 'spec', 'template', 'spec', 'containers');
}

/** The first ConfigMap that the Pods of a workload read. */
function configMapOf(object: KubernetesObject): string | undefined {
  const found = (value: JsonValue | undefined): string | undefined => {
    if (Array.isArray(value))
      return asArray(value)
        .map(found)
        .find((name) => name !== undefined);
    if (!isJsonObject(value)) return undefined;
    for (const key of ['configMapRef', 'configMapKeyRef', 'configMap']) {
      const name = stringAt(value, key, 'name');
      if (name !== undefined) return name;
    }
    return Object.values(value)
      .map(found)
      .find((name) => name !== undefined);
  };
  return found(valueAt(object, 'spec', 'template', 'spec'));
}

function namesIn(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return asArray(value).flatMap(namesIn);
  if (!isJsonObject(value)) return [];
  const own = stringAt(value, 'name');
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(namesIn)];
}

/** Users come over a machine that the exam leaves alone. */
function sender(objects: readonly ExamObject[]): string {
  const own = objects.find(({ object }) => object.kind === 'Node');
  return `Node//${own === undefined ? 'cp-1' : nameOf(own.object)}`;
}

function portOf(service: KubernetesObject): number {
  const port = valueAt(service, 'spec', 'ports', 0, 'port');
  return typeof port === 'number' ? port : 80;
}

function drawn(seed: number, what: string): number {
  return hashOf(`exam/${seed}/${what}`).high >>> 0;
}
