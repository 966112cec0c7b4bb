import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { componentKind } from '../../lessons/component-name.ts';
import { PINNED_RELEASE } from '../../openapi/resource.ts';
import { isReady } from '../../simulator/controllers/workload/pod-state.ts';
import type { ManifestFiles } from '../../simulator/kubectl/command.ts';
import { NUMBERS_1_36 } from '../../simulator/release/1.36.ts';
import { readScript } from '../../simulator/script/script.ts';
import { logOf } from '../../simulator/story/log-entry.ts';
import type { DeedAct } from '../simulation/deed.ts';
import { frameOf } from '../simulation/frame.ts';
import { deedsOf } from '../simulation/keep/deeds-of-script.ts';
import type { Run } from '../simulation/run.ts';
import type { LessonVariables } from './expression.ts';
import type { LessonRun } from './lesson-run.ts';

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

/** How long a line of kubectl may take that only looks. */
const LOOKED_MS = 2000;

/** The run of a simulated cluster, as a lesson is told from it. */
export function clusterLessonRun(run: Run, files: ManifestFiles): LessonRun {
  return {
    entries: run.entries,
    stateAt: (seq) => clusterVariables(run, seq),
    shown: (entry) => logOf([entry], new Set(), (seq) => run.entries[seq - 1])[0]!,
    partyOf: componentKind,
    parties: [],
    tryOut(seq, { acts, evidence, forMs }) {
      const branch = run.fork(seq);
      const nowMs = branch.timeMs;
      const endsAtMs = nowMs + forMs;
      const made = deedsOfActs(acts);
      const looks = evidence.map((line) => ({ type: 'kubectl' as const, line }));
      const deeds = [
        ...made.map((deed) => ({ ...deed, atMs: nowMs + 1 })),
        // Who looks with kubectl does so when it has come to what it comes to.
        ...looks.map((deed) => ({ ...deed, atMs: endsAtMs - LOOKED_MS })),
      ];
      branch.plan({ deeds, files, timesFrom: 'start', endsAtMs });
      branch.goOn(() => false);
      const printed = branch.printed.slice(-evidence.length).map(({ stdout, stderr }) => stdout + stderr);
      return {
        run: clusterLessonRun(branch, files),
        seq: branch.entries.length,
        deeds: made,
        printed: evidence.length === 0 ? [] : printed,
      };
    },
  };
}

/** Acts of a lesson as what is done to a run. Throws, with the field, where one cannot be done. */
export function deedsOfActs(acts: readonly JsonObject[]): readonly DeedAct[] {
  const steps = acts.map((act) => ({ at: '0s', ...act }));
  const { script, problems } = readScript(
    { apiVersion: 'drydock.dev/v1', kind: 'Script', steps },
    `1.${PINNED_RELEASE}`,
  );
  const [first] = problems;
  if (first !== undefined) throw new Error(`${first.field}: ${first.id}`);
  return deedsOf(script.steps);
}

/**
 * `pods`, `nodes`… are the objects of the shop's cluster as they stand, `readyPods` and `readyNodes` those whose condition
 * Ready is True; `components` and `requests` what runs and what was sent; `numbers` those of the release.
 */
function clusterVariables(run: Run, seq: number): LessonVariables {
  return {
    ...lists(() => run.at(seq).objects()),
    components: () => frameOf(run.at(seq), new Set()).components.map((component) => ({ ...component })),
    requests: () =>
      run.requestsAt(seq).map(({ order, count }) => ({
        to: order.to,
        sent: count?.sent ?? 0,
        ok: count?.ok ?? 0,
        results: { ...count?.results },
      })),
    numbers: () => JSON.parse(JSON.stringify(NUMBERS_1_36)) as JsonValue,
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
