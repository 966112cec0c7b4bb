import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { numberAt, objectAt, stringAt } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';
import { OnePod } from '../testing/one-pod.ts';
import type { Requirement } from './preemption.ts';
import { asksForLess, distance, podsToPreempt, recoveryOf, subtract } from './preemption.ts';
import table from './testdata/preemption.json' with { type: 'json' };

beforeAll(preloadKinds);

interface Case {
  readonly name: string;
  readonly [field: string]: unknown;
}

const source = { area: 'kubelet', file: table.source, release: table.release } as const;

/** One container that asks for so much. */
function madeOf(value: unknown): KubernetesObject {
  const [name, priority] = [stringAt(value, 'name') ?? '', numberAt(value, 'priority')];
  const resources: JsonObject = objectAt(value, 'resources') ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', resources }], ...(priority === undefined ? {} : { priority }) },
  };
}

const PODS = new Map(Object.entries(table.pods).map(([name, value]) => [name, madeOf(value)]));

function podsOf(value: unknown): readonly KubernetesObject[] {
  return ((value ?? []) as readonly string[]).map((name) => PODS.get(name)!);
}

function namesOf(pods: readonly KubernetesObject[]): readonly string[] {
  return pods.map((pod) => stringAt(pod, 'metadata', 'name') ?? '').toSorted();
}

const requirements = (value: unknown) => value as readonly Requirement[];

/** Reasons in the form of the kubelet's; the other one is any that is no want of room. */
function reasonsOf(value: unknown): readonly { readonly lacks?: Requirement }[] {
  const { lacks, other } = value as { readonly lacks: readonly Requirement[]; readonly other: boolean };
  return [...lacks.map((own) => ({ lacks: own })), ...(other ? [{}] : [])];
}

const RUN: Readonly<Record<string, (one: Case) => void>> = {
  TestHandleAdmissionFailure(one) {
    const pod = PODS.get(String(one['admitPodType']))!;
    const reasons = reasonsOf(one['failReasons']);
    const recovery = recoveryOf(pod, reasons, podsOf(one['inputPods']));
    expect(recovery.type === 'failed').toBe(one['expectErr']);
    expect(recovery.type === 'rejected' ? recovery.reasons : []).toEqual(reasonsOf(one['expectReasons']));
    const wanted = namesOf(podsOf(one['expectedOutput']));
    expect(recovery.type === 'preempts' ? namesOf(recovery.pods) : []).toEqual(wanted);
  },
  TestGetPodsToPreempt(one) {
    const preemptor = PODS.get(String(one['preemptor']))!;
    const found = podsToPreempt(preemptor, podsOf(one['inputPods']), requirements(one['insufficientResources']));
    expect('problem' in found).toBe(one['expectErr']);
    expect('pods' in found ? namesOf(found.pods) : []).toEqual(namesOf(podsOf(one['expectedOutput'])));
  },
  TestAdmissionRequirementsDistance(one) {
    const pod = PODS.get(String(one['inputPod']))!;
    expect(distance(requirements(one['requirements']), pod)).toBe(one['expectedOutput']);
  },
  TestAdmissionRequirementsSubtract(one) {
    const pod = PODS.get(String(one['inputPod']))!;
    expect(subtract(requirements(one['initial']), [pod])).toEqual(one['expectedOutput']);
  },
  TestSmallerResourceRequest(one) {
    expect(asksForLess(madeOf(one['pod1']), madeOf(one['pod2']))).toBe(one['expectedResult']);
  },
};

describe(table.source, () => {
  const tests = table.tests as unknown as Readonly<Record<string, readonly Case[]>>;
  for (const [test, cases] of Object.entries(tests))
    upstreamEach(source, test)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => RUN[test]!(one));
  upstreamLeftOut(source, table.leftOut as LeftOut);
});

describe('a critical Pod for which a Node has no room', () => {
  const asks = (cpu: string, more: JsonObject = {}): JsonObject => ({
    nodeName: 'w1',
    terminationGracePeriodSeconds: 5,
    containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }],
    ...more,
  });
  const critical = { priorityClassName: 'system-node-critical' };

  it('takes the place of another, once that has ended', () => {
    const one = new OnePod(asks('3')).run(5);
    one.make('q', asks('2', critical));
    one.run(2);
    expect(one.pod()?.['status']).toMatchObject({
      phase: 'Failed',
      reason: 'Preempting',
      message: 'Preempted in order to admit critical pod',
    });
    expect(one.condition('DisruptionTarget')).toBe('True');
    expect(one.events().get('Preempting: Preempted in order to admit critical pod')).toBe(1);
    one.run(20);
    expect(stringAt(one.pod('q'), 'status', 'phase')).toBe('Running');
  });

  it('is refused where nobody less important gives way', () => {
    const one = new OnePod(asks('3', critical)).run(5);
    one.make('q', asks('2', { priorityClassName: 'system-cluster-critical' }));
    one.run(5);
    expect(one.pod('q')?.['status'] as JsonValue).toMatchObject({
      phase: 'Failed',
      reason: 'UnexpectedAdmissionError',
      message:
        'Pod was rejected: Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [(res: cpu, q: 1000), ]',
    });
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
  });
});
