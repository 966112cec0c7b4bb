import { beforeAll, describe, expect, it } from 'vitest';
import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

function readyOf(cluster: Cluster, name: string) {
  const node = cluster.objects().find((object) => object.kind === 'Node' && nameOf(object) === name);
  return findCondition(node === undefined ? [] : conditionsOf(node), 'Ready');
}

function started(): Cluster {
  const cluster = Cluster.create({ seed: 5, kinds });
  cluster.runUntil(20_000);
  return cluster;
}

const status = (cluster: Cluster) => stringAt(readyOf(cluster, 'w1'), 'status');

/** Lets the run go on until the Node says so, and tells how long that took. */
function waitFor(cluster: Cluster, wanted: string, atMostMs: number): number {
  const beganMs = cluster.nowMs;
  while (status(cluster) !== wanted && cluster.nowMs < beganMs + atMostMs) cluster.runUntil(cluster.nowMs + 100);
  expect(status(cluster)).toBe(wanted);
  return cluster.nowMs - beganMs;
}

describe('a Node that was silent', () => {
  it('after it was cut off says within seconds that it is ready, not with its report of five minutes', () => {
    const cluster = started();
    cluster.fault({ fault: 'node-partition', target: 'w1', forMs: 120_000 });
    cluster.runUntil(140_000);
    expect(status(cluster)).toBe('Unknown');
    expect(waitFor(cluster, 'True', 60_000)).toBeLessThan(45_000);
    const told = cluster.objects().filter((object) => stringAt(object, 'reason') === 'NodeReady');
    const ofNode = told.filter((object) => stringAt(object, 'involvedObject', 'name') === 'w1');
    expect(ofNode.map((object) => [stringAt(object, 'message'), numberAt(object, 'count')])).toEqual([
      ['Node w1 status is now: NodeReady', 2],
    ]);
  });

  it.each([20_000, 70_000, 200_000])('because etcd was away for %d ms is ready again soon after', (forMs) => {
    const cluster = started();
    cluster.fault({ fault: 'etcd-partition', forMs });
    cluster.runUntil(20_000 + forMs + 60_000);
    for (const name of ['w1', 'w2', 'w3']) expect(stringAt(readyOf(cluster, name), 'status')).toBe('True');
  });

  it('where somebody writes to its status says what is so when it next looks, within ten seconds', () => {
    const cluster = started();
    const since = stringAt(readyOf(cluster, 'w1'), 'lastTransitionTime');
    cluster.request({
      verb: 'patch',
      resource: { group: '', version: 'v1', plural: 'nodes' },
      name: 'w1',
      subresource: 'status',
      options: { patchType: 'strategic' },
      body: {
        apiVersion: 'v1',
        kind: 'Node',
        status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Told' }] },
      },
    });
    cluster.runUntil(20_100);
    expect(status(cluster)).toBe('False');
    expect(waitFor(cluster, 'True', 60_000)).toBeLessThanOrEqual(10_100);
    expect(stringAt(readyOf(cluster, 'w1'), 'lastTransitionTime')).not.toBe(since);
  });
});
