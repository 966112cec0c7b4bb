import { describe, expect } from 'vitest';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { containerResources } from './container-resources.ts';

const BOTH = { cpu: '100m', memory: '10Mi' };

describe('limits of a container in a Pod with limits', () => {
  const source = { area: 'kubelet', file: 'pkg/kubelet/util/util_test.go', release: '1.36.2' } as const;

  upstreamEach(
    source,
    'TestGetLimits',
  )([
    ['empty resources', {}, {}, undefined],
    ['nil resources', undefined, undefined, undefined],
    ['nil pod-resources', { limits: BOTH }, undefined, BOTH],
    ['nil container-resources', undefined, { limits: BOTH }, BOTH],
    ['container limits not set', { limits: {} }, { limits: BOTH }, BOTH],
    ['container cpu limits not set', { limits: { memory: '5Mi' } }, { limits: BOTH }, { cpu: '100m', memory: '5Mi' }],
    ['container memory limits not set', { limits: { cpu: '50m' } }, { limits: BOTH }, { cpu: '50m', memory: '10Mi' }],
    [
      'container and pod memory limits not set',
      { limits: { cpu: '50m' } },
      { limits: { cpu: '100m' } },
      { cpu: '50m' },
    ],
    [
      'container and pod cpu limits not set',
      { limits: { memory: '5Mi' } },
      { limits: { memory: '10Mi' } },
      { memory: '5Mi' },
    ],
    [
      'container and pod cpu memory limits set',
      { limits: { memory: '5Mi', cpu: '50m' } },
      { limits: { memory: '10Mi', cpu: '60m' } },
      { memory: '5Mi', cpu: '50m' },
    ],
  ] as const)('%s', (_name, container, pod, limits) => {
    const resources = containerResources(
      { spec: pod === undefined ? {} : { resources: pod } },
      container === undefined ? {} : { resources: container },
    );
    expect(resources['limits']).toEqual(limits);
  });

  upstreamLeftOut(source, {
    TestGetNodenameForKernel: { count: 5, reason: 'the name of the machine in its kernel is not modelled' },
    TestGetContainerByIndex: { count: 5, reason: 'lists of Go; a container is found by its name' },
  });
});
