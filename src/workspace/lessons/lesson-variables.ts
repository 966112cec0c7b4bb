import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt } from '../../base/json.ts';
import type { ResolvedStep } from '../../lessons/resolve-steps.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { NUMBERS_1_36 } from '../../simulator/release/1.36.ts';
import { frameOf } from '../simulation/frame.ts';
import type { Run } from '../simulation/run.ts';
import type { LessonVariables } from './expression.ts';

/** Lists of objects that expressions may name, by kind. */
const LISTS: Readonly<Record<string, string>> = {
  namespaces: 'Namespace',
  nodes: 'Node',
  pods: 'Pod',
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
  services: 'Service',
  endpointslices: 'EndpointSlice',
  configmaps: 'ConfigMap',
  secrets: 'Secret',
  serviceaccounts: 'ServiceAccount',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  persistentvolumes: 'PersistentVolume',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  storageclasses: 'StorageClass',
  volumeattachments: 'VolumeAttachment',
  resourcequotas: 'ResourceQuota',
  rolebindings: 'RoleBinding',
  networkpolicies: 'NetworkPolicy',
  controllerrevisions: 'ControllerRevision',
  leases: 'Lease',
  events: 'Event',
};

/** A moment of a run, and what a lesson knows of it beside. */
export interface LessonMoment {
  readonly run: Run;
  readonly seq: number;
  readonly steps: readonly ResolvedStep[];
  readonly names: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Which of several things was done. */
  readonly chosen?: string;
  /** Lines of kubectl and what they printed. */
  readonly printed?: readonly string[];
  /** The moment at which a question was put, where that is another. */
  readonly before?: { readonly run: Run; readonly seq: number };
}

/**
 * `pods`, `nodes`… are the objects of the shop's cluster as they stand, `readyPods` and `readyNodes` those whose condition
 * Ready is True; `before` the same when the question was put;
 * `names` those that were kept up to the step, `found` all that the run gave; `trace` every step so far; `numbers` those of the release; `steps` the seq and time of the lesson's steps.
 */
export function lessonVariables(moment: LessonMoment): LessonVariables {
  const { run, seq, steps, names, parameters, before } = moment;
  const objects = (): readonly KubernetesObject[] => run.at(seq).objects();
  return {
    ...lists(objects),
    before: () => {
      const { run: other, seq: then } = before ?? { run, seq };
      const there = other.at(then).objects();
      return Object.fromEntries(Object.entries(lists(() => there)).map(([name, list]) => [name, list()]));
    },
    components: () => frameOf(run.at(seq), new Set()).components.map((component) => ({ ...component })),
    requests: () =>
      run.requestsAt(seq).map(({ order, count }) => ({
        to: order.to,
        sent: count?.sent ?? 0,
        ok: count?.ok ?? 0,
        results: { ...count?.results },
      })),
    trace: () => run.entries.slice(0, seq).map(traceValue),
    now: () => ({ seq, ms: run.entries[seq - 1]?.timeMs ?? 0 }),
    steps: () => Object.fromEntries(steps.map((step) => [step.id, { seq: step.seq, ms: step.timeMs }])),
    names: () => names,
    found: () => steps.at(-1)?.names ?? {},
    parameters: () => parameters,
    numbers: () => JSON.parse(JSON.stringify(NUMBERS_1_36)) as JsonValue,
    chosen: () => moment.chosen ?? '',
    printed: () => moment.printed ?? [],
  };
}

function lists(objects: () => readonly KubernetesObject[]): LessonVariables {
  const ofKind = (kind: string) => objects().filter((object) => object.kind === kind);
  return {
    ...Object.fromEntries(Object.entries(LISTS).map(([name, kind]) => [name, () => ofKind(kind)])),
    readyPods: () => ofKind('Pod').filter(isReady),
    readyNodes: () => ofKind('Node').filter(isReady),
  };
}

function isReady(object: KubernetesObject): boolean {
  return arrayAt(object, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
  );
}

function traceValue({ seq, timeMs, from, to, class: kind, verb, object, cause }: TraceEntry): JsonValue {
  return { seq, ms: timeMs, from, to, class: kind, verb, object: object ?? '', cause };
}
