import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { OnePod } from '../kubelet/testing/one-pod.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const web = { nodeName: 'w1', containers: [{ name: 'c', image: 'nginx:1.27' }] };

function nodes(one: OnePod): readonly KubernetesObject[] {
  return one.cluster.objects().filter((object) => object.kind === 'Node');
}

describe('faults of containers', () => {
  it('kill one, and it is started again', () => {
    const one = new OnePod(web).run(10);
    one.cluster.fault({ fault: 'container-kill', target: 'default/p', parameters: { reason: 'OOMKilled' } });
    one.run(5);
    expect(one.status()).toMatchObject({
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    });
  });

  it('freeze one: its probes fail until it goes on', () => {
    const readinessProbe = { httpGet: { port: 80 }, periodSeconds: 2 };
    const one = new OnePod({ ...web, containers: [{ name: 'c', image: 'nginx:1.27', readinessProbe }] }).run(10);
    expect(one.condition('Ready')).toBe('True');
    one.cluster.fault({ fault: 'container-freeze', target: 'default/p', forMs: 20_000 });
    expect(one.run(12).condition('Ready')).toBe('False');
    expect(
      [...one.events().keys()].some((event) => event.endsWith('(Client.Timeout exceeded while awaiting headers)')),
    ).toBe(true);
    expect(one.run(15).condition('Ready')).toBe('True');
    expect(numberAt(one.status(), 'restartCount')).toBe(0);
  });

  it('find the Pod that a name with an asterisk fits', () => {
    const one = new OnePod(web).run(10);
    one.cluster.fault({ fault: 'container-kill', target: 'other/*' });
    expect(one.run(5).status()).toMatchObject({ restartCount: 0 });
    one.cluster.fault({ fault: 'container-kill', target: 'default/*' });
    expect(one.run(5).status()).toMatchObject({ restartCount: 1 });
  });

  it('do nothing where there is no such Pod', () => {
    const one = new OnePod(web).run(10);
    one.cluster.fault({ fault: 'container-kill', target: 'default/q' });
    one.run(5);
    expect(one.status()).toMatchObject({ restartCount: 0 });
  });
});

it.each([
  ['down', /i\/o timeout$/],
  ['unknown', /docker\.io\/library\/nginx:1\.27: not found$/],
])('a registry that is %s keeps Pods waiting, and lets them start when it is well', (mode, words) => {
  const one = new OnePod({ nodeName: 'w1', containers: [{ name: 'c', image: 'other' }] });
  one.cluster.fault({ fault: 'image-pull-error', parameters: { mode, image: 'nginx:*' }, forMs: 30_000 });
  one.make('q', web);
  one.run(8);
  const waiting = objectAt(arrayAt(one.pod('q'), 'status', 'containerStatuses')[0], 'state', 'waiting');
  expect(stringAt(waiting, 'reason')).toBe('ErrImagePull');
  expect(stringAt(waiting, 'message')).toMatch(words);
  expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
  one.run(90);
  expect(stringAt(one.pod('q'), 'status', 'phase')).toBe('Running');
});

describe('machines', () => {
  it('join while the cluster runs, and take Pods', () => {
    const one = new OnePod(web).run(5);
    one.cluster.fault({ fault: 'node-join', target: 'big', parameters: { cpu: '64', memory: '256Gi' } });
    one.run(5);
    expect(nodes(one).map(nameOf)).toContain('big');
    one.make('q', { containers: [{ name: 'c', image: 'nginx:1.27', resources: { requests: { cpu: '32' } } }] });
    one.run(15);
    expect(stringAt(one.pod('q'), 'spec', 'nodeName')).toBe('big');
    expect(stringAt(one.pod('q'), 'status', 'phase')).toBe('Running');
    expect(stringAt(one.pod('q'), 'status', 'podIP')).toMatch(/^10\.244\.4\./);
  });

  it('leave for good; their Node is not ready until somebody deletes it', () => {
    const one = new OnePod(web).run(10);
    one.cluster.fault({ fault: 'node-leave', target: 'w1' });
    one.run(120);
    const node = nodes(one).find((candidate) => nameOf(candidate) === 'w1');
    expect(JSON.stringify(node?.['status'])).toContain('NodeStatusUnknown');
    one.cluster.fault({ fault: 'node-join', target: 'w1' });
    one.run(60);
    expect(JSON.stringify(nodes(one).find((candidate) => nameOf(candidate) === 'w1')?.['status'])).toContain(
      'KubeletReady',
    );
  });

  it('that join are there again after going back', () => {
    const one = new OnePod(web).run(5);
    one.cluster.fault({ fault: 'node-join', target: 'w9' });
    one.run(20);
    const [digest, steps] = [one.cluster.trace.digest, one.cluster.steps];
    one.cluster.seekSteps(10);
    one.cluster.seekSteps(steps);
    expect(one.cluster.trace.digest).toBe(digest);
    expect(nodes(one).map(nameOf)).toContain('w9');
  });
});
