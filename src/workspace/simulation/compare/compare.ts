import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { conditionsOf, findCondition, hasCondition } from '../../../apimachinery/conditions.ts';
import { arrayAt, jsonEqual, numberAt, stringAt } from '../../../base/json.ts';
import type { TraceEntry } from '../../../simulator/kernel/trace.ts';
import type { SentRequest } from '../run.ts';
import { keyOf } from '../why/moment.ts';

/** Two branches beside each other at one moment of their time. */
export interface Comparison {
  /** Seq of the first step that is not the same in both; undefined where one is the beginning of the other. */
  readonly firstDifference: number | undefined;
  /** The moment that is compared, in milliseconds of the run: the same for both. */
  readonly atMs: number;
  /** Seq of the newest step of each at that moment. */
  readonly seqs: Sides<number>;
  readonly figures: readonly Figure[];
  /** Objects that differ, and how. */
  readonly objects: readonly ObjectDifference[];
  readonly more: number;
}

export interface Sides<Value> {
  readonly left: Value;
  readonly right: Value;
}

export const FIGURE_IDS = [
  'readyPods',
  'pods',
  'restarts',
  'readyNodes',
  'endpoints',
  'requestsOk',
  'requestsSent',
  'entries',
  'writes',
] as const;

export interface Figure extends Sides<number> {
  readonly id: (typeof FIGURE_IDS)[number];
}

export interface ObjectDifference {
  readonly object: string;
  readonly is: 'onlyLeft' | 'onlyRight' | 'changed';
  /** In a few words: phase, Node, ready. */
  readonly left: string;
  readonly right: string;
}

/** One branch at the moment that is compared. */
export interface Side {
  readonly entries: readonly TraceEntry[];
  readonly seq: number;
  readonly objects: readonly KubernetesObject[];
  readonly requests: readonly SentRequest[];
}

/** Most objects that are told. */
const MOST = 100;

export function compare(left: Side, right: Side, atMs: number): Comparison {
  const differences = objectDifferences(left.objects, right.objects);
  const [a, b] = [figuresOf(left), figuresOf(right)];
  return {
    firstDifference: firstDifference(left.entries, right.entries),
    atMs,
    seqs: { left: left.seq, right: right.seq },
    figures: FIGURE_IDS.map((id) => ({ id, left: a[id], right: b[id] })),
    objects: differences.slice(0, MOST),
    more: Math.max(0, differences.length - MOST),
  };
}

/** Branches share their entries up to where they part, so that most are the very same values. */
export function firstDifference(left: readonly TraceEntry[], right: readonly TraceEntry[]): number | undefined {
  const most = Math.min(left.length, right.length);
  for (let at = 0; at < most; at++) if (left[at] !== right[at] && !isSame(left[at]!, right[at]!)) return at + 1;
  return undefined;
}

/** Bodies are left out: two steps that differ in them differ in the resourceVersion or in what follows. */
function isSame(a: TraceEntry, b: TraceEntry): boolean {
  return (
    a.timeMs === b.timeMs &&
    a.arrivesAtMs === b.arrivesAtMs &&
    a.from === b.from &&
    a.to === b.to &&
    a.class === b.class &&
    a.verb === b.verb &&
    a.object === b.object &&
    a.resourceVersion === b.resourceVersion &&
    a.cause === b.cause &&
    a.lostBecause === b.lostBecause
  );
}

/** Kinds whose difference says nothing: they tell how the run went, not how things stand. */
const BESIDE: ReadonlySet<string> = new Set(['Event', 'Lease', 'IPAddress', 'Endpoints']);

function objectDifferences(
  left: readonly KubernetesObject[],
  right: readonly KubernetesObject[],
): readonly ObjectDifference[] {
  const others = new Map(right.map((object) => [keyOf(object), object]));
  const found: ObjectDifference[] = [];
  for (const object of left) {
    if (BESIDE.has(object.kind)) continue;
    const key = keyOf(object);
    const other = others.get(key);
    others.delete(key);
    if (other === undefined) found.push({ object: key, is: 'onlyLeft', left: wordsOf(object), right: '' });
    else if (isChanged(object, other))
      found.push({ object: key, is: 'changed', left: wordsOf(object), right: wordsOf(other) });
  }
  for (const [key, object] of others)
    if (!BESIDE.has(object.kind)) found.push({ object: key, is: 'onlyRight', left: '', right: wordsOf(object) });
  return found;
}

function isChanged(a: KubernetesObject, b: KubernetesObject): boolean {
  if (a === b) return false;
  return !jsonEqual(a['spec'], b['spec']) || wordsOf(a) !== wordsOf(b);
}

function isReady(object: KubernetesObject): boolean {
  return hasCondition(conditionsOf(object), 'Ready', 'True');
}

/** How an object stands, in the words that kubectl would print. */
function wordsOf(object: KubernetesObject): string {
  const at = (...path: readonly string[]): number | undefined => numberAt(object, ...path);
  switch (object.kind) {
    case 'Pod': {
      const waiting = arrayAt(object, 'status', 'containerStatuses')
        .map((status) => stringAt(status, 'state', 'waiting', 'reason'))
        .find(Boolean);
      const isEnding = stringAt(object, 'metadata', 'deletionTimestamp') !== undefined;
      return [
        isEnding ? 'Terminating' : (waiting ?? stringAt(object, 'status', 'phase')),
        stringAt(object, 'spec', 'nodeName'),
        isReady(object) ? 'Ready' : undefined,
      ]
        .filter(Boolean)
        .join(' · ');
    }
    case 'Node':
      return `Ready=${stringAt(findCondition(conditionsOf(object), 'Ready'), 'status') ?? '?'}`;
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return `${at('status', 'readyReplicas') ?? 0}/${at('spec', 'replicas') ?? 1}`;
    case 'DaemonSet':
      return `${at('status', 'numberReady') ?? 0}/${at('status', 'desiredNumberScheduled') ?? 0}`;
    case 'EndpointSlice':
      return `${readyEndpoints(object)}/${arrayAt(object, 'endpoints').length}`;
    default:
      return stringAt(object, 'status', 'phase') ?? '';
  }
}

function readyEndpoints(slice: KubernetesObject): number {
  return arrayAt(slice, 'endpoints').filter((endpoint) => {
    const { conditions } = endpoint as { readonly conditions?: { readonly ready?: boolean } };
    return conditions?.ready === true;
  }).length;
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

function figuresOf({ objects, entries, seq, requests }: Side): Readonly<Record<Figure['id'], number>> {
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const statuses = pods.flatMap((pod) => arrayAt(pod, 'status', 'containerStatuses'));
  let writes = 0;
  for (let at = 0; at < seq; at++) if (entries[at]!.class === 'request' && WRITES.has(entries[at]!.verb)) writes++;
  return {
    pods: pods.length,
    readyPods: pods.filter(isReady).length,
    restarts: statuses.reduce<number>((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0),
    readyNodes: objects.filter((object) => object.kind === 'Node' && isReady(object)).length,
    endpoints: objects
      .filter(({ kind }) => kind === 'EndpointSlice')
      .reduce((sum, slice) => sum + readyEndpoints(slice), 0),
    requestsOk: requests.reduce((sum, { count }) => sum + (count?.ok ?? 0), 0),
    requestsSent: requests.reduce((sum, { count }) => sum + (count?.sent ?? 0), 0),
    entries: seq,
    writes,
  };
}
