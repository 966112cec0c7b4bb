import { assert } from '../../../base/assert.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { nodeInfoOf } from '../../scheduler/node-info.ts';
import { podInfoOf } from '../../scheduler/pod-info.ts';
import { NUMBERS_1_36 } from '../../release/1.36.ts';
import { admit, rejectionsOf } from '../admission.ts';
import { allRestarting, containersReady, podInitialized, podReady, readyToStart } from '../conditions.ts';
import { containerStatuses } from '../container-status.ts';
import { pullError } from '../image-manager.ts';
import { loggedId } from '../kubelet-server.ts';
import { withDefaultTag } from '../image-name.ts';
import { phaseOf } from '../phase.ts';
import type { ProbeResult } from '../pod-actions.ts';
import { podActions } from '../pod-actions.ts';
import type { PodRuntime, RuntimeContainer } from '../pod-runtime.ts';
import { hasStartedRegular, specOf } from '../pod-runtime.ts';
import type { KillReason } from '../restart.ts';
import { containerResources } from '../container-resources.ts';
import { isResizing } from '../resize-actions.ts';
import { ended, withoutNothing } from './compared.ts';
import { statusAnswer } from './status-case.ts';
import { backoffAnswers, probeAnswers } from './sequence-case.ts';
import { graceSeconds, shouldAllRestart, shouldBeStarted } from '../restart.ts';

/** A case of one of upstream's tables: `question` says what is asked of its other fields. */
export type KubeletCase = JsonObject;

/** What the kubelet answers, in the form of the case's `want`: equal to it where the case passes. */
export function answerTo(test: KubeletCase): JsonValue {
  const question = QUESTIONS.get(stringAt(test, 'question') ?? '');
  assert(question !== undefined, 'the question of a case is known');
  return question(test);
}

function podOf(test: KubeletCase): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: {}, ...objectAt(test, 'pod') };
}

function runtimeOf(test: KubeletCase): PodRuntime {
  // Limits of the whole Pod as they were last set hold for containers without their own.
  const set = { spec: { resources: test['podResources'] ?? null } };
  const pod = podOf(test);
  return {
    sandboxes: arrayAt(test, 'runtime', 'sandboxes').map((sandbox) => ({
      id: stringAt(sandbox, 'id') ?? '',
      podUid: '',
      ip: stringAt(sandbox, 'ip') ?? '',
      attempt: numberAt(sandbox, 'attempt') ?? 0,
      isReady: booleanAt(sandbox, 'isReady') === true,
    })),
    containers: arrayAt(test, 'runtime', 'containers').map((container): RuntimeContainer => {
      const name = stringAt(container, 'name') ?? '';
      const spec = specOf(pod, name)?.spec;
      const isChanged = booleanAt(container, 'isChanged') === true;
      const message = stringAt(container, 'message');
      return {
        id: stringAt(container, 'id') ?? '',
        podUid: '',
        sandbox: stringAt(container, 'sandbox') ?? '',
        name,
        image: isChanged ? 'another' : (stringAt(spec, 'image') ?? ''),
        attempt: numberAt(container, 'attempt') ?? 0,
        state: (stringAt(container, 'state') ?? 'created') as RuntimeContainer['state'],
        startedAtMs: 0,
        finishedAtMs: 0,
        exitCode: numberAt(container, 'exitCode') ?? 0,
        reason: stringAt(container, 'reason') ?? '',
        ...(message === undefined ? {} : { message }),
        behaviour: { match: {} },
        resources: containerResources(set, { resources: objectAt(container, 'resources') ?? {} }),
      };
    }),
  };
}

const QUESTIONS: ReadonlyMap<string, (test: KubeletCase) => JsonValue> = new Map([
  ['actions', actions],
  [
    'grace',
    (test) => {
      const pod = podOf(test);
      const reason = (stringAt(test, 'reason') ?? '') as KillReason;
      const { minimumGraceSeconds } = NUMBERS_1_36.kubelet;
      return graceSeconds(pod, arrayAt(pod, 'spec', 'containers')[0] ?? null, reason, minimumGraceSeconds);
    },
  ],
  [
    'phase',
    (test) => {
      const [isTerminal, initialized] = [booleanAt(test, 'isTerminal'), booleanAt(test, 'initialized')];
      return phaseOf(podOf(test), arrayAt(test, 'statuses'), isTerminal === true, initialized === true);
    },
  ],
  ['containersReady', (test) => ({ ...containersReady(podOf(test), statusesOf(test), phaseOfCase(test)) })],
  [
    'podReady',
    (test) => {
      const conditions = arrayAt(test, 'conditions').filter(isJsonObject);
      return { ...podReady(podOf(test), conditions, statusesOf(test), phaseOfCase(test)) };
    },
  ],
  [
    'podInitialized',
    (test) => {
      const { message: _message, ...told } = podInitialized(podOf(test), {}, statusesOf(test), phaseOfCase(test));
      return told;
    },
  ],
  ['readyToStart', (test) => ({ ...readyToStart(podOf(test), runtimeOf(test)) })],
  [
    'allRestarting',
    (test) => ({ ...allRestarting(podOf(test), runtimeOf(test), objectAt(test, 'before'), phaseOfCase(test)) }),
  ],
  [
    'general',
    (test) => {
      const pods = arrayAt(test, 'pods').map((pod, index) =>
        podInfoOf({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: `p${index}`, uid: `u${index}` },
          ...objectAt(pod),
        }),
      );
      const node = nodeInfoOf(
        { apiVersion: 'v1', kind: 'Node', metadata: { name: '' }, ...objectAt(test, 'node') },
        pods,
      );
      return rejectionsOf(podOf(test), node).map(({ reason, message }) => ({ reason, message }));
    },
  ],
  ['osSelector', (test) => admit(podOf(test), nodeOf(test))?.reason === 'PodOSSelectorNodeLabelDoesNotMatch'],
  ['osField', (test) => admit(podOf(test), nodeOf(test))?.reason === 'PodOSNotSupported'],
  [
    'tag',
    (test) => {
      const tagged = withDefaultTag(stringAt(test, 'input') ?? '');
      return 'image' in tagged ? tagged.image : tagged.problem;
    },
  ],
  ['pullError', (test) => ({ ...pullError('test', stringAt(test, 'input') ?? '') })],
  ['shouldStart', (test) => shouldBeStarted(valueAt(test, 'container') ?? null, podOf(test), runtimeOf(test))],
  ['activeStarted', (test) => hasStartedRegular(podOf(test), runtimeOf(test))],
  ['allRestart', (test) => shouldAllRestart(podOf(test), runtimeOf(test), objectAt(test, 'before'))],
  ['podStatus', (test) => statusAnswer(test, podOf(test), runtimeOf(test))],
  ['resizing', (test) => isResizing(podOf(test), runtimeOf(test), test['podResources'])],
  ['containerStatuses', statuses],
  ['logged', logged],
  ['backoff', backoffAnswers],
  ['probes', probeAnswers],
]);

function statusesOf(test: KubeletCase): readonly JsonValue[] | undefined {
  return test['statuses'] === undefined ? undefined : arrayAt(test, 'statuses');
}

function phaseOfCase(test: KubeletCase): string {
  return stringAt(test, 'phase') ?? '';
}

/** A Node that takes everything. */
function nodeOf(test: KubeletCase) {
  const status = { allocatable: { pods: '110', cpu: '100', memory: '1Ti' } };
  return nodeInfoOf({ apiVersion: 'v1', kind: 'Node', metadata: { name: '' }, ...objectAt(test, 'node'), status });
}

function actions(test: KubeletCase): JsonValue {
  const results = objectAt(test, 'results') ?? {};
  const resultOf = (id: string, type: string) => stringAt(results[id], type) as ProbeResult | undefined;
  const made = podActions(
    podOf(test),
    runtimeOf(test),
    (id) => ({ liveness: resultOf(id, 'liveness'), startup: resultOf(id, 'startup') }),
    booleanAt(test, 'restart') === true,
    test['podResources'],
  );
  const update = ['cpu', 'memory'].flatMap((resource) => {
    const names = made.toUpdate.filter((each) => each.resource === resource).map(({ name }) => name);
    return names.length === 0 ? [] : [[resource, names] as const];
  });
  const kill = [...made.toKill].map(([id, { name, message, reason }]) => [
    id,
    { name, message, ...(reason === '' ? {} : { reason }) },
  ]);
  const said: JsonObject = {
    killPod: made.killPod,
    createSandbox: made.createSandbox,
    sandboxId: made.sandboxId,
    attempt: made.attempt,
    init: made.initToStart,
    start: made.toStart,
    ephemeral: made.ephemeralToStart,
    kill: Object.fromEntries(kill) as JsonObject,
    update: Object.fromEntries(update),
    reset: made.toReset.map(({ id, name, isRunning }) => ({ id, name, kill: isRunning })),
    updatePod: made.updatePodResources,
    updatePodLevel: made.updatePodLevelResources,
  };
  return withoutNothing(said);
}

function statuses(test: KubeletCase): JsonValue {
  const kind = booleanAt(test, 'isInit') === true ? 'init' : 'regular';
  const field = kind === 'init' ? 'initContainerStatuses' : 'containerStatuses';
  const made = containerStatuses(
    {
      pod: podOf(test),
      runtime: runtimeOf(test),
      before: { [field]: arrayAt(test, 'previous') },
      reasons: new Map(),
      restartsAll: booleanAt(test, 'restarting') === true,
    },
    kind,
  );
  return made.map(({ name, state, lastState, restartCount }) =>
    withoutNothing({ name, state: ended(state), lastState: ended(lastState), restartCount }),
  );
}

/** Whether there is a log: of the container, of the one that it had before, of one that the Pod does not have. */
function logged(test: KubeletCase): JsonValue {
  const statuses = arrayAt(test, 'statuses');
  const has = (name: string, previous: boolean) =>
    'id' in
    loggedId(
      statuses.find((status) => stringAt(status, 'name') === name),
      name,
      'podName',
      previous,
    );
  return { success: has('x', false), pSuccess: has('x', true), another: has('blah', false) };
}
