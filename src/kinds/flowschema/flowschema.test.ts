import { describe, expect, test } from 'vitest';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { flowSchema } from './flowschema.ts';

const sample = {
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
  kind: 'FlowSchema',
  metadata: { name: 'ci' },
  spec: {
    priorityLevelConfiguration: { name: 'workload-low' },
    matchingPrecedence: 500,
    rules: [
      {
        subjects: [
          { kind: 'User', user: { name: 'alice' } },
          { kind: 'Group', group: { name: 'system:serviceaccounts:ci' } },
          { kind: 'ServiceAccount', serviceAccount: { namespace: 'ci', name: 'builder' } },
          { kind: 'ServiceAccount', serviceAccount: { namespace: 'dev', name: '*' } },
        ],
      },
      { subjects: [{ kind: 'Group', group: { name: 'dev' } }] },
    ],
  },
};

test('says what it is', () => expectIdentity(flowSchema));

test('points at its level and at whose requests it takes', () =>
  expect(referenceLines(flowSchema.references(sample))).toEqual([
    'priorityLevel spec.priorityLevelConfiguration.name -> PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io//workload-low',
    'subject spec.rules[0].subjects[0].user.name -> user alice',
    'subject spec.rules[0].subjects[1].group.name -> ServiceAccount <none> in ci',
    'subject spec.rules[0].subjects[2].serviceAccount.name -> ServiceAccount/ci/builder namespace at spec.rules[0].subjects[2].serviceAccount.namespace',
    'subject spec.rules[0].subjects[3].serviceAccount.name -> ServiceAccount <none> in dev namespace at spec.rules[0].subjects[3].serviceAccount.namespace',
    'subject spec.rules[1].subjects[0].group.name -> group dev',
  ]));

describe('taking away', () => {
  test('each subject alone', () => expectDisconnects(flowSchema, sample));
  test('the last subject takes its rule along', () => {
    const last = flowSchema.references(sample).at(-1)!;
    expect(applyEdits(sample, flowSchema.disconnect!(sample, last))).toMatchObject({
      spec: { rules: [sample.spec.rules[0]] },
    });
  });
});

test('shows level and precedence', () =>
  expect(flowSchema.summary?.(sample)).toEqual({ fact: 'workload-low', detail: 'matchingPrecedence 500' }));

test('reads anything', () => expectTotal(flowSchema, [sample]));
