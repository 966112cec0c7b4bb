import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { CLAIMS, NODES, PODS, STORAGE_CLASSES } from '../resources.ts';

beforeAll(preloadKinds);

const disk: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'disk' },
  provisioner: 'ebs.csi.aws.com',
};

function claim(accessModes: readonly string[]): KubernetesObject {
  const resources = { requests: { storage: '1Gi' } };
  const metadata = { name: 'data' };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: { accessModes, resources, storageClassName: 'disk' },
  };
}

function pod(name: string, nodeName: string): KubernetesObject {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  const containers = [{ name: 'c', image: 'nginx:1.27', volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { nodeName, containers, volumes } };
}

class Run {
  readonly cluster = Cluster.create({ seed: 1, kinds });

  constructor(accessModes: readonly string[] = ['ReadWriteOnce']) {
    this.wait(2);
    this.cluster.request({ verb: 'create', resource: STORAGE_CLASSES, body: disk });
    this.make(CLAIMS, claim(accessModes));
    this.wait(5);
  }

  make(resource: typeof PODS, body: KubernetesObject): this {
    this.cluster.request({ verb: 'create', resource, namespace: 'default', body });
    return this;
  }

  wait(seconds: number): this {
    this.cluster.runUntil(this.cluster.nowMs + seconds * 1000);
    return this;
  }

  delete(name: string, gracePeriodSeconds?: number): this {
    const options = gracePeriodSeconds === undefined ? {} : { options: { gracePeriodSeconds } };
    this.cluster.request({ verb: 'delete', resource: PODS, namespace: 'default', name, ...options });
    return this;
  }

  find(kind: string, name?: string): readonly KubernetesObject[] {
    return this.cluster.objects().filter((one) => one.kind === kind && (name === undefined || nameOf(one) === name));
  }

  phase(name: string): string | undefined {
    return stringAt(this.find('Pod', name)[0], 'status', 'phase');
  }

  told(name: string): readonly string[] {
    return this.find('Event')
      .filter((event) => stringAt(event, 'involvedObject', 'name') === name)
      .map((event) => `${stringAt(event, 'reason') ?? ''}: ${stringAt(event, 'message') ?? ''}`);
  }

  attachedTo(): readonly (string | undefined)[] {
    return this.find('VolumeAttachment').map((one) => stringAt(one, 'spec', 'nodeName'));
  }

  calls(): readonly string[] {
    const verbs: string[] = [];
    for (const entry of this.cluster.trace.after(0))
      if (entry.class === 'csi' && entry.from !== 'csi-controller' && !entry.from.startsWith('csi/'))
        verbs.push(entry.verb);
    return verbs;
  }
}

const volumeOf = (run: Run): string => nameOf(run.find('PersistentVolume')[0]!);

describe('a claim of a driver', () => {
  it('is attached, staged and published before the Pod runs, and all of it taken back after it', () => {
    const run = new Run().make(PODS, pod('p', 'w1')).wait(5);
    expect(run.phase('p')).toBe('Pending');
    run.wait(15);
    expect(run.phase('p')).toBe('Running');
    const name = `kubernetes.io/csi/ebs.csi.aws.com^${volumeOf(run)}`;
    const node = run.find('Node', 'w1')[0];
    expect(arrayAt(node, 'status', 'volumesInUse')).toEqual([name]);
    expect(arrayAt(node, 'status', 'volumesAttached')).toEqual([{ name, devicePath: '' }]);
    expect(run.told('p')).toContain(
      `SuccessfulAttachVolume: AttachVolume.Attach succeeded for volume "${volumeOf(run)}" `,
    );
    expect(run.calls()).toEqual(['CreateVolume', 'ControllerPublishVolume', 'NodeStageVolume', 'NodePublishVolume']);
    run.delete('p', 1).wait(40);
    expect(run.find('Pod', 'p')).toEqual([]);
    expect(run.calls().slice(4)).toEqual(['NodeUnpublishVolume', 'NodeUnstageVolume', 'ControllerUnpublishVolume']);
    expect(run.attachedTo()).toEqual([]);
    expect(arrayAt(run.find('Node', 'w1')[0], 'status', 'volumesAttached')).toEqual([]);
    expect(arrayAt(run.find('Node', 'w1')[0], 'status', 'volumesInUse')).toEqual([]);
  });

  it('of one Node is refused to a Pod on another, until the first has gone', () => {
    const run = new Run().make(PODS, pod('p', 'w1')).wait(20).make(PODS, pod('q', 'w2')).wait(20);
    expect(run.phase('q')).toBe('Pending');
    expect(run.told('q')).toEqual([
      `FailedAttachVolume: Multi-Attach error for volume "${volumeOf(run)}" Volume is already used by pod(s) p`,
    ]);
    run.delete('p', 1).wait(60);
    expect(run.phase('q')).toBe('Running');
    expect(run.attachedTo()).toEqual(['w2']);
  });

  it('of many Nodes is attached to each', () => {
    const run = new Run(['ReadWriteMany']).make(PODS, pod('p', 'w1')).make(PODS, pod('q', 'w2')).wait(20);
    expect([run.phase('p'), run.phase('q')]).toEqual(['Running', 'Running']);
    expect([...run.attachedTo()].sort()).toEqual(['w1', 'w2']);
  });

  it('of one Pod is refused to a second on the same Node', () => {
    const run = new Run(['ReadWriteOncePod']).make(PODS, pod('p', 'w1')).wait(20).make(PODS, pod('q', 'w1')).wait(20);
    expect([run.phase('p'), run.phase('q')]).toEqual(['Running', 'Pending']);
    expect(run.told('q')[0]).toBe(
      'FailedMount: Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[data]: volume uses the ReadWriteOncePod access mode and is already in use by another pod',
    );
  });

  it('that is not there keeps a Pod waiting', () => {
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'other' } }];
    const lost = pod('p', 'w1');
    const run = new Run().make(PODS, { ...lost, spec: { ...(lost['spec'] as JsonObject), volumes } }).wait(10);
    expect(run.phase('p')).toBe('Pending');
    expect(run.told('p')[0]).toMatch(
      /^FailedMount: Unable to attach or mount volumes: .* error processing PVC default\/other: failed to fetch PVC from API server: /,
    );
  });
});

describe('a Node that has lost its power', () => {
  function dead(): Run {
    const run = new Run().make(PODS, pod('p', 'w1')).wait(20);
    run.cluster.fault({ fault: 'node-failure', target: 'w1' });
    run.wait(100).delete('p', 0).make(PODS, pod('q', 'w2'));
    return run;
  }

  it('keeps its volume for six minutes, then loses it by force', () => {
    const run = dead().wait(300);
    expect([run.phase('q'), run.attachedTo()]).toEqual(['Pending', ['w1']]);
    expect(run.told('q')[0]).toBe(
      `FailedAttachVolume: Multi-Attach error for volume "${volumeOf(run)}" Volume is already exclusively attached to one node and can't be attached to another`,
    );
    run.wait(90);
    expect([run.phase('q'), run.attachedTo()]).toEqual(['Running', ['w2']]);
  });

  it('loses it at once where somebody says that it is out of service', () => {
    const run = dead().wait(10);
    const taints = [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }];
    const body = { apiVersion: 'v1', kind: 'Node', spec: { taints } };
    run.cluster.request({ verb: 'patch', resource: NODES, name: 'w1', options: { patchType: 'merge' }, body });
    run.wait(40);
    expect([run.phase('q'), run.attachedTo()]).toEqual(['Running', ['w2']]);
  });
});

it('a kubelet that is started again takes back what its Pod had', () => {
  const run = new Run().make(PODS, pod('p', 'w1')).wait(20);
  run.cluster.setRunning('kubelet/w1', false);
  run.wait(5);
  run.cluster.setRunning('kubelet/w1', true);
  run.wait(20);
  expect([run.phase('p'), run.attachedTo()]).toEqual(['Running', ['w1']]);
  run.delete('p', 1).wait(40);
  expect([run.find('Pod', 'p'), run.attachedTo()]).toEqual([[], []]);
});
