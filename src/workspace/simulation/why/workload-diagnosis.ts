import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { booleanAt, numberAt, stringAt } from '../../../base/json.ts';
import type { Finding } from './diagnosis.ts';
import type { Moment, Proof } from './moment.ts';
import { conditionWith, faultOf, firstOf, keyOf, ownedBy, statusWrite } from './moment.ts';

const CONTROLLERS: Readonly<Record<string, string>> = {
  Deployment: 'deployment-controller',
  ReplicaSet: 'replicaset-controller',
  StatefulSet: 'statefulset-controller',
  DaemonSet: 'daemonset-controller',
  Job: 'job-controller',
};

/** Why a workload has not what it wants. */
export function diagnoseWorkload(workload: KubernetesObject, moment: Moment): Finding | undefined {
  const [name, kind] = [nameOf(workload), workload.kind];
  const controller = CONTROLLERS[kind] ?? '';
  if (kind === 'Job') return diagnoseJob(workload, moment);
  if (isSatisfied(workload)) return undefined;
  if (moment.stopped.has(controller))
    return { id: 'controllersDown', params: { name, kind, controller }, proof: faultOf('controller-manager-stop') };
  const proof = statusWrite(keyOf(workload));
  if (kind === 'Deployment') {
    const seconds = String(numberAt(workload, 'spec', 'progressDeadlineSeconds') ?? 600);
    if (booleanAt(workload, 'spec', 'paused') === true) return { id: 'paused', params: { name } };
    const late = conditionWith(workload, 'Progressing', 'False');
    if (stringAt(late, 'reason') === 'ProgressDeadlineExceeded')
      return { id: 'deadline', params: { name, seconds }, proof, ...troubledPod(workload, moment) };
  }
  const refusal = refusalOf(workload, controller, moment);
  if (refusal !== undefined) return refusal;
  return waitsForPods(workload, moment, proof);
}

function isSatisfied(workload: KubernetesObject): boolean {
  const at = (field: string): number => numberAt(workload, 'status', field) ?? 0;
  const generation = numberAt(workload, 'metadata', 'generation') ?? 0;
  if (at('observedGeneration') < generation) return false;
  if (workload.kind === 'DaemonSet') return at('numberReady') >= at('desiredNumberScheduled');
  const desired = numberAt(workload, 'spec', 'replicas') ?? 1;
  const isUpdated = workload.kind !== 'Deployment' || at('updatedReplicas') >= desired;
  return isUpdated && at('readyReplicas') >= desired && at('replicas') <= desired;
}

/** The API server refuses the Pods that the controller would make: quota, Pod Security, a webhook. */
function refusalOf(workload: KubernetesObject, controller: string, moment: Moment): Finding | undefined {
  const sets = workload.kind === 'Deployment' ? ownedBy(moment, workload, 'ReplicaSet') : [workload];
  for (const set of sets) {
    const failure = conditionWith(set, 'ReplicaFailure', 'True');
    const message = stringAt(failure, 'message');
    if (message === undefined) continue;
    const namespace = namespaceOf(set) ?? '';
    const answers: Proof = ({ class: kind, verb, to, body }) =>
      kind === 'response' &&
      verb.startsWith('4') &&
      (to === controller || to === 'replicaset-controller') &&
      stringAt(body, 'message') === message;
    const proof = firstOf(answers, statusWrite(`${set.kind}/${namespace}/${nameOf(set)}`));
    return { id: 'refused', params: { name: nameOf(workload), kind: workload.kind, message }, proof };
  }
  return undefined;
}

function waitsForPods(workload: KubernetesObject, moment: Moment, proof: Proof): Finding {
  const [name, kind] = [nameOf(workload), workload.kind];
  const pods = podsOf(workload, moment);
  const ready = pods.filter((pod) => conditionWith(pod, 'Ready', 'True') !== undefined).length;
  const desired =
    kind === 'DaemonSet'
      ? (numberAt(workload, 'status', 'desiredNumberScheduled') ?? 0)
      : (numberAt(workload, 'spec', 'replicas') ?? 1);
  const params = { name, kind, ready: String(ready), desired: String(desired) };
  const inOrder = (stringAt(workload, 'spec', 'podManagementPolicy') ?? 'OrderedReady') === 'OrderedReady';
  const trouble = troubledPod(workload, moment);
  if (kind === 'StatefulSet' && inOrder && trouble.because !== undefined && pods.length < desired)
    return {
      id: 'waitsForOrdinal',
      params: { ...params, pod: trouble.because.split('/')[2] ?? '', next: `${name}-${pods.length}` },
      proof,
      ...trouble,
    };
  return { id: 'waitsForPods', params, proof, ...trouble };
}

function podsOf(workload: KubernetesObject, moment: Moment): readonly KubernetesObject[] {
  if (workload.kind !== 'Deployment') return ownedBy(moment, workload, 'Pod');
  return ownedBy(moment, workload, 'ReplicaSet').flatMap((set) => ownedBy(moment, set, 'Pod'));
}

/** The first Pod that is not ready: what is wrong with it is what is wrong here. */
function troubledPod(workload: KubernetesObject, moment: Moment): Pick<Finding, 'because'> {
  const pod = podsOf(workload, moment).find((one) => conditionWith(one, 'Ready', 'True') === undefined);
  return pod === undefined ? {} : { because: keyOf(pod) };
}

function diagnoseJob(job: KubernetesObject, moment: Moment): Finding | undefined {
  const name = nameOf(job);
  const proof = statusWrite(keyOf(job));
  const failed = conditionWith(job, 'Failed', 'True');
  if (failed !== undefined)
    return {
      id: 'jobFailed',
      params: { name, reason: stringAt(failed, 'reason') ?? '', message: stringAt(failed, 'message') ?? '' },
      proof,
    };
  if (conditionWith(job, 'Complete', 'True') !== undefined) return undefined;
  if (moment.stopped.has('job-controller'))
    return { id: 'controllersDown', params: { name, kind: 'Job', controller: 'job-controller' } };
  const times = numberAt(job, 'status', 'failed') ?? 0;
  if (times === 0) return undefined;
  const limit = String(numberAt(job, 'spec', 'backoffLimit') ?? 6);
  return { id: 'jobRetries', params: { name, failed: String(times), limit }, proof };
}
