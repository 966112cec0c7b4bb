import { expect, test } from 'vitest';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { priorityLevelConfiguration } from './prioritylevelconfiguration.ts';

const sample = (spec: object) => ({
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
  kind: 'PriorityLevelConfiguration',
  spec: { ...spec },
});

test('says what it is', () => expectIdentity(priorityLevelConfiguration));

test.each([
  [{ type: 'Exempt' }, { fact: 'Exempt' }],
  [
    { type: 'Limited', limited: { nominalConcurrencyShares: 30 } },
    { fact: 'Limited', detail: 'nominalConcurrencyShares 30' },
  ],
  [
    { type: 'Limited', limited: { assuredConcurrencyShares: 5 } },
    { fact: 'Limited', detail: 'nominalConcurrencyShares 5' },
  ],
])('summary of %o', (spec, summary) => expect(priorityLevelConfiguration.summary?.(sample(spec))).toEqual(summary));

test('reads anything', () => expectTotal(priorityLevelConfiguration, [sample({ type: 'Limited' })]));
