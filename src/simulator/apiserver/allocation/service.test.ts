import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import type { ApiResponse } from '../../messages.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

interface ServiceCase {
  readonly name: string;
  readonly spec: JsonObject;
  readonly error?: boolean;
  readonly ports?: boolean;
}

const nodePorts = upstreamFile<ServiceCase>(new URL('./testdata/init-node-ports.json', import.meta.url));
const source = { area: 'kube-apiserver', file: nodePorts.source, release: nodePorts.release } as const;

let cluster: Cluster;
beforeAll(() => {
  cluster = Cluster.create({ seed: 5, kinds });
  cluster.runUntil(1000);
});

const AT = { resource: { group: '', version: 'v1', plural: 'services' }, namespace: 'default' } as const;

function ask(call: ApiCall): ApiResponse {
  const token = cluster.request(call);
  for (;;) {
    const answer = cluster.answerTo(token);
    if (answer !== undefined) return answer;
    if (!cluster.step()) throw new Error('nobody answers');
  }
}

function create(name: string, spec: JsonObject): ApiResponse {
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
  return ask({ ...AT, verb: 'create', body });
}

function remove(name: string): void {
  ask({ ...AT, verb: 'delete', name });
  // The address and the ports go back after the answer.
  cluster.runUntil(cluster.nowMs + 100);
}

const portsOf = (answer: ApiResponse) => arrayAt(answer.body, 'spec', 'ports');
const nodePortsOf = (answer: ApiResponse) => portsOf(answer).map((port) => numberAt(port, 'nodePort') ?? 0);

describe('a new Service', () => {
  upstreamEach(source, 'TestCreateInitNodePorts')(nodePorts.cases)('$name', ({ spec, error, ports }) => {
    const made = create('foo', spec);
    if (error === true) return expect(made.code).toBe(422);
    expect(made.code).toBe(201);
    const given = nodePortsOf(made);
    if (ports !== true) expect(given.filter(Boolean)).toEqual([]);
    else {
      expect(given.every(Boolean)).toBe(true);
      for (const [index, port] of arrayAt(spec, 'ports').entries()) {
        const wanted = numberAt(port, 'nodePort');
        if (wanted !== undefined) expect(given[index]).toBe(wanted);
      }
      // Only ports of one number share one.
      const numbers = new Map(portsOf(made).map((port, index) => [given[index], numberAt(port, 'port')]));
      for (const [index, port] of portsOf(made).entries())
        expect(numbers.get(given[index])).toBe(numberAt(port, 'port'));
      const taken = create('other', { type: 'NodePort', ports: [{ port: 1, nodePort: given[0] ?? 0 }] });
      expect(stringAt(taken.body, 'message')).toBe(
        `Service "other" is invalid: spec.ports[0].nodePort: Invalid value: ${given[0]}: provided port is already allocated`,
      );
    }
    remove('foo');
  });
});

describe('Node ports', () => {
  it('go to one of those who want the same in one instant, and to the next when that is gone', () => {
    const body = (name: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31_000 }] },
    });
    const tokens = ['x', 'y', 'z'].map((name) => cluster.request({ ...AT, verb: 'create', body: body(name) }));
    cluster.runUntil(cluster.nowMs + 500);
    const answers = tokens.map((token) => cluster.answerTo(token)!);
    expect(answers.map(({ code }) => code).toSorted()).toEqual([201, 422, 422]);
    const winner = ['x', 'y', 'z'][answers.findIndex(({ code }) => code === 201)]!;
    remove(winner);
    expect(create('w', { type: 'NodePort', ports: [{ port: 80, nodePort: 31_000 }] }).code).toBe(201);
    const clusterIp = ask({
      ...AT,
      verb: 'patch',
      name: 'w',
      options: { patchType: 'merge' },
      body: { apiVersion: 'v1', kind: 'Service', spec: { type: 'ClusterIP' } },
    });
    expect(nodePortsOf(clusterIp)).toEqual([0]);
    cluster.runUntil(cluster.nowMs + 100);
    expect(create('v', { type: 'NodePort', ports: [{ port: 80, nodePort: 31_000 }] }).code).toBe(201);
  });

  it('are given to the health check of a load balancer that keeps the address of the client', () => {
    const made = create('lb', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 80 }] });
    expect(numberAt(made.body, 'spec', 'healthCheckNodePort')).toBeGreaterThanOrEqual(30_000);
    const next = create('lb2', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: numberAt(made.body, 'spec', 'healthCheckNodePort') ?? 0,
      ports: [{ port: 80 }],
    });
    expect(stringAt(next.body, 'message')).toMatch(
      /^Internal error occurred: failed to allocate requested HealthCheck NodePort \d+: provided port is already allocated$/,
    );
  });
});
