import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { graceWithin, groupByPriority, shutdownPeriods } from './groups.ts';
import table from './testdata/nodeshutdown.json' with { type: 'json' };

const source = { area: 'kubelet', file: table.source, release: table.release } as const;
const linux = { ...source, file: table.linuxSource } as const;

describe('how long Pods are given by their priority', () => {
  upstreamEach(source, 'Test_migrateConfig')(table.periods)('$name', ({ graceSeconds, criticalSeconds, wanted }) => {
    const periods = shutdownPeriods(graceSeconds, criticalSeconds);
    expect(periods.map(({ priority, seconds }) => [priority, seconds])).toEqual(wanted);
  });

  upstreamEach(source, 'Test_groupByPriority')(table.groups)('$name', ({ periods, pods, wanted }) => {
    const known = periods.map(([priority = 0, seconds = 0]) => ({ priority, seconds }));
    expect(groupByPriority(known, pods, (priority) => priority).map((group) => group.pods)).toEqual(wanted);
  });

  upstreamEach(linux, 'TestManager')(table.managers)('$name', ({ graceSeconds, criticalSeconds, pods, wanted }) => {
    const groups = groupByPriority(shutdownPeriods(graceSeconds, criticalSeconds), pods, ({ priority }) => priority);
    const given = groups.flatMap(({ seconds, pods: own }) =>
      own.map((pod) => [pod.name, graceWithin(seconds, numberAt(pod, 'seconds'))]),
    );
    expect(Object.fromEntries(given)).toEqual(wanted);
  });

  upstreamLeftOut(linux, table.leftOut as LeftOut);
});

describe('a machine that is shut down in order', () => {
  const PODS = { group: '', version: 'v1', plural: 'pods' } as const;
  const NEVER_STOPS = { match: { image: 'stubborn' }, stopMs: Infinity };
  let cluster: Cluster;
  /** `phase`, reason and message of Pods and what the Node says, when each was looked at. */
  const seen: Record<string, readonly (string | undefined)[]> = {};

  function run(seconds: number): void {
    cluster.runUntil(cluster.nowMs + seconds * 1000);
  }

  function make(name: string, image: string, spec: JsonObject = {}): void {
    const body: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'w1', containers: [{ name: 'c', image }], ...spec },
    };
    cluster.request({ verb: 'create', resource: PODS, namespace: 'default', body });
  }

  function named(kind: string, name: string): KubernetesObject | undefined {
    return cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
  }

  function statusOf(name: string): readonly (string | undefined)[] {
    return ['phase', 'reason', 'message'].map((field) => stringAt(named('Pod', name), 'status', field));
  }

  function readyOf(): readonly (string | undefined)[] {
    const ready = findCondition(conditionsOf(named('Node', 'w1') ?? { status: {} }), 'Ready');
    return ['status', 'reason', 'message'].map((field) => stringAt(ready, field));
  }

  function eventsOf(reason: string): readonly (string | undefined)[] {
    return cluster
      .objects()
      .filter((object) => object.kind === 'Event' && stringAt(object, 'reason') === reason)
      .map((event) => stringAt(event, 'message'));
  }

  beforeAll(async () => {
    await preloadKinds();
    cluster = Cluster.create({ seed: 2, kinds, behaviours: [NEVER_STOPS] });
    run(1);
    make('web', 'nginx');
    make('stubborn', 'stubborn');
    make('critical', 'nginx', { priorityClassName: 'system-node-critical' });
    run(9);
    cluster.fault({ fault: 'node-shutdown', target: 'w1', forMs: 60_000 });
    run(3);
    seen['ready'] = readyOf();
    seen['web'] = statusOf('web');
    seen['critical'] = statusOf('critical');
    make('late', 'nginx');
    run(2);
    seen['late'] = statusOf('late');
    run(25);
    seen['stubborn'] = statusOf('stubborn');
    seen['critical at last'] = statusOf('critical');
  }, 60_000);

  const TERMINATED = ['Failed', 'Terminated', 'Pod was terminated in response to imminent node shutdown.'];

  it('is not ready meanwhile, and takes no Pods', () => {
    expect(seen['ready']).toEqual(['False', 'KubeletNotReady', 'node is shutting down']);
    expect(seen['late']).toEqual([
      'Failed',
      'NodeShutdown',
      'Pod was rejected: Pod was rejected as the node is shutting down.',
    ]);
  });

  it('ends its Pods, critical ones when the time of the others is over', () => {
    expect(seen['web']).toEqual(TERMINATED);
    expect(seen['critical']?.[0]).toBe('Running');
    expect([seen['stubborn'], seen['critical at last']]).toEqual([TERMINATED, TERMINATED]);
    expect(findCondition(conditionsOf(named('Pod', 'web')!), 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'TerminationByKubelet',
    });
  });

  it('goes off then, and is ready again when it is switched on', () => {
    expect(eventsOf('Rebooted')).toEqual([]);
    run(40);
    expect(eventsOf('Rebooted')).toEqual(['Node w1 has been rebooted, boot id: boot-2']);
    expect(readyOf()[0]).toBe('True');
  }, 60_000);

  it('stays on where that is called off in time', () => {
    cluster.fault({ fault: 'node-shutdown', target: 'w1', forMs: 500 });
    run(5);
    expect(eventsOf('NodeShutdown')).toEqual(
      expect.arrayContaining([
        'Shutdown manager detected shutdown event',
        'Shutdown manager detected shutdown cancellation',
      ]),
    );
    expect(readyOf()[0]).toBe('True');
    expect(eventsOf('Rebooted')).toHaveLength(1);
  }, 60_000);
});
