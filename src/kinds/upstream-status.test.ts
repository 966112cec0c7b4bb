import { describe } from 'vitest';
import type { LeftOut } from '../base/testing/upstream-table.ts';
import { daemonSetStrategy } from './daemonset/daemonset.strategy.ts';
import daemonSets from './daemonset/testdata/status.cases.json' with { type: 'json' };
import { deploymentStrategy } from './deployment/deployment.strategy.ts';
import deployments from './deployment/testdata/status.cases.json' with { type: 'json' };
import { ingressStrategy } from './ingress/ingress.strategy.ts';
import ingresses from './ingress/testdata/status.cases.json' with { type: 'json' };
import { jobStrategy } from './job/job.strategy.ts';
import jobs from './job/testdata/status.cases.json' with { type: 'json' };
import { replicaSetStrategy } from './replicaset/replicaset.strategy.ts';
import replicaSets from './replicaset/testdata/status.cases.json' with { type: 'json' };
import { podStrategy } from './pod/pod.strategy.ts';
import pods from './pod/testdata/status.cases.json' with { type: 'json' };
import { persistentVolumeClaimStrategy } from './persistentvolumeclaim/persistentvolumeclaim.strategy.ts';
import claims from './persistentvolumeclaim/testdata/status.cases.json' with { type: 'json' };
import { namespaceStrategy } from './namespace/namespace.strategy.ts';
import namespaces from './namespace/testdata/status.cases.json' with { type: 'json' };
import { replicationControllerStrategy } from './replicationcontroller/replicationcontroller.strategy.ts';
import controllers from './replicationcontroller/testdata/status.cases.json' with { type: 'json' };
import { metadataErrors } from './shared/testing/metadata-errors.ts';
import { expectUpstreamCases } from './shared/testing/validation-table.ts';
import type { KindStrategy } from './strategy.ts';

interface Table {
  readonly strategy: KindStrategy;
  readonly table: unknown;
  readonly count: number;
  readonly leftOut?: LeftOut;
}

const job = (number: number): string =>
  `TestStatusStrategy_ValidateUpdate/#${number} (jobStatusStrategy.ValidateUpdate)`;
const LOOSE_ADDRESSES = 'with the gate StrictIPCIDRValidation off';
const podCase = (test: string, number: number): string => `${test}/#${number} (ValidatePodStatusUpdate)`;
const because = (reason: string, ...names: readonly string[]): LeftOut =>
  Object.fromEntries(names.map((name) => [name, reason]));

const TABLES: readonly Table[] = [
  {
    strategy: jobStrategy,
    table: jobs,
    count: 56,
    leftOut: because(
      'with the gates JobManagedBy or JobPodReplacementPolicy off',
      ...[23, 24, 29, 35, 36, 45, 56].map(job),
    ),
  },
  { strategy: deploymentStrategy, table: deployments, count: 4 },
  { strategy: replicaSetStrategy, table: replicaSets, count: 2 },
  { strategy: daemonSetStrategy, table: daemonSets, count: 10 },
  {
    strategy: ingressStrategy,
    table: ingresses,
    count: 5,
    leftOut: because(
      'with the gate StrictIPCIDRValidation off',
      'TestValidateIngressStatusUpdate/#3 (ValidateIngressStatusUpdate)',
    ),
  },
  {
    strategy: podStrategy,
    table: pods,
    count: 447,
    leftOut: {
      ...because(
        LOOSE_ADDRESSES,
        ...[85, 87, 88, 89, 90, 92, 94, 95, 96, 97, 98, 99].map((number) => podCase('TestPodIPsValidation', number)),
      ),
      ...because(
        LOOSE_ADDRESSES,
        ...[85, 87, 88, 89, 90, 92, 94, 95, 96, 97, 98, 99].map((number) => podCase('TestHostIPsValidation', number)),
      ),
      ...because(
        'with the gate ClearingNominatedNodeNameAfterBinding off',
        ...[5, 7, 8].map((number) => podCase('TestValidatePodStatusUpdate', number)),
      ),
      ...because(
        'without the rules by which single containers restart, which are on in 1.36',
        podCase('TestValidatePodStatusUpdate', 36),
      ),
      ...because(
        'with the gate ImageVolumeWithDigest, which is off by default',
        ...[59, 60].map((number) => podCase('TestValidatePodStatusUpdate', number)),
      ),
    },
  },
  { strategy: persistentVolumeClaimStrategy, table: claims, count: 17 },
  { strategy: namespaceStrategy, table: namespaces, count: 5 },
  { strategy: replicationControllerStrategy, table: controllers, count: 2 },
];

describe.each(TABLES)('a write of the status of $strategy.kind', ({ strategy, table, count, leftOut = {} }) => {
  expectUpstreamCases(
    table,
    count,
    (object, old) => [
      ...metadataErrors(object, old),
      ...(old === undefined ? [] : (strategy.validateStatus?.(object, old) ?? [])),
    ],
    leftOut,
  );
});
