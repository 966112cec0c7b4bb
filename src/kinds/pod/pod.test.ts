import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { connected, applyEdits } from '../shared/testing/apply-edits.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { busyPodSpec } from '../shared/testing/busy-pod-spec.ts';
import { pod } from './pod.ts';

const podOf = (spec: object, metadata: object = { name: 'web', namespace: 'shop' }): KubernetesObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata, spec }) as KubernetesObject;

describe('Pod', () => {
  it('makes an object with one container', () => {
    expect(pod.newObject('my.web')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'my.web', labels: { app: 'my-web' } },
      spec: { containers: [{ name: 'my-web', image: 'nginx:1.27' }] },
    });
  });

  it('points at what its spec names', () => {
    expect(referenceLines(pod.references(podOf({ serviceAccountName: 'robot', nodeName: 'w1' })))).toEqual([
      'serviceAccount spec.serviceAccountName -> ServiceAccount/shop/robot',
      'node spec.nodeName -> Node//w1',
    ]);
  });

  it('looks in default where it names no namespace', () => {
    const object = podOf({ imagePullSecrets: [{ name: 'pull' }] }, { name: 'web' });
    expect(referenceLines(pod.references(object))).toEqual([
      'imagePullSecret spec.imagePullSecrets[0].name -> Secret/default/pull',
    ]);
  });

  it('makes the claims of its ephemeral volumes', () => {
    const volumes = [
      { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: {} } } },
      { name: 'tmp', emptyDir: {} },
    ];
    expect(pod.makes?.(podOf({ volumes }))).toEqual([
      { group: '', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'web-scratch' },
    ]);
  });

  it('shows its image', () => {
    expect(pod.summary?.(podOf({ containers: [{ image: 'ghcr.io/acme/web:1.4' }, { image: 'envoy' }] }))).toEqual({
      fact: 'web:1.4 +1',
    });
  });

  it('edits its own spec', () => {
    const runAs = pod.connections?.find(({ id }) => id === 'runAs');
    const account: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot', namespace: 'shop' },
    };
    const source = podOf({ containers: [] });
    const result = connected(source, runAs!.connect(source, account));
    expect(result).toMatchObject({ spec: { serviceAccountName: 'robot' } });
    const [reference] = pod.references(result as KubernetesObject);
    expect(applyEdits(result as KubernetesObject, pod.disconnect!(result as KubernetesObject, reference!))).toEqual(
      source,
    );
  });

  it('takes any object', () => {
    expectTotal(pod, [podOf(busyPodSpec)]);
  });
});
