import { beforeAll, describe, expect, it } from 'vitest';
import { arrayAt, objectAt, stringAt } from '../../base/json.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { OnePod } from './testing/one-pod.ts';

beforeAll(preloadKinds);

const web = { containers: [{ name: 'c', image: 'nginx:1.27' }] };
const waiting = (one: OnePod) => objectAt(one.status(), 'state', 'waiting');

describe('images', () => {
  it('that cannot be pulled are tried again ever later, and the status says which it is', () => {
    const error = 'rpc error: code = NotFound desc = nginx:1.27: not found';
    const one = new OnePod(web, [{ match: {}, image: { pullFailure: error } }]).run(2.5);
    expect(waiting(one)).toEqual({ reason: 'ErrImagePull', message: error });
    one.run(20);
    const backOff = 'Back-off pulling image "nginx:1.27"';
    expect(waiting(one)).toEqual({ reason: 'ImagePullBackOff', message: `${backOff}: ErrImagePull: ${error}` });
    one.run(280);
    const events = one.events();
    // Pulls after 10, 20, 40, 80 and 160 s, each at the next sync; syncs come every 10 to 15 s.
    expect(events.get('Pulling: Pulling image "nginx:1.27"')).toBeGreaterThanOrEqual(5);
    expect(events.get('Pulling: Pulling image "nginx:1.27"')).toBeLessThanOrEqual(6);
    expect(events.get(`Failed: Failed to pull image "nginx:1.27": ${error}`)).toBe(
      events.get('Failed: Error: ErrImagePull'),
    );
    expect(events.get(`BackOff: ${backOff}`)).toBeGreaterThan(10);
    expect(events.get('Failed: Error: ImagePullBackOff')).toBeGreaterThan(10);
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Pending');
  });

  it('are on the Node for the next Pod, and pulled one after another', () => {
    const slow = { match: {}, image: { sizeBytes: 300_000_000 } };
    const pinned = (image: string) => ({ nodeName: 'w1', containers: [{ name: 'c', image }] });
    const one = new OnePod(pinned('a:1'), [slow]);
    one.make('q', pinned('b:1'));
    one.run(15).make('r', pinned('a:1'));
    one.run(5);
    const pulls = one.cluster.trace
      .after(0)
      .filter(({ verb, class: kind }) => kind === 'cri' && verb === 'PullImage')
      .map(({ from, timeMs }) => `${from.split('/')[0] ?? ''} ${timeMs}`);
    expect(pulls).toHaveLength(4);
    expect(pulls.map((pull) => pull.split(' ')[0])).toEqual(['kubelet', 'containerd', 'kubelet', 'containerd']);
    const said = one.cluster.objects().flatMap((object) => stringAt(object, 'message') ?? []);
    expect(said).toContain('Container image "a:1" already present on machine and can be accessed by the pod');
    // The second waited for the first, but for what it takes to ask.
    const waited = /in 3\.3s \((6\.6|6\.59\d*)s including waiting\)\. Image size: 300000000 bytes\.$/;
    expect(said.filter((text) => waited.test(text))).toHaveLength(1);
    const node = one.cluster
      .objects()
      .find((object) => object.kind === 'Node' && stringAt(object, 'metadata', 'name') === 'w1');
    expect(arrayAt(node, 'status', 'images').map((image) => arrayAt(image, 'names')[1])).toEqual([
      'docker.io/library/a:1',
      'docker.io/library/b:1',
    ]);
  });

  it.each([
    [
      { image: 'nginx', imagePullPolicy: 'Never' },
      'ErrImageNeverPull',
      'Container image "nginx" is not present with pull policy of Never',
    ],
    [
      { image: 'Nginx' },
      'InvalidImageName',
      'Failed to apply default image tag "Nginx": couldn\'t parse image name "Nginx": invalid reference format: repository name (library/Nginx) must be lowercase',
    ],
    [
      { image: 'nginx', env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'cfg', key: 'k' } } }] },
      'CreateContainerConfigError',
      'configmap "cfg" not found',
    ],
    [
      { image: 'nginx', envFrom: [{ secretRef: { name: 'cfg' } }] },
      'CreateContainerConfigError',
      'secret "cfg" not found',
    ],
    [
      {
        image: 'nginx',
        env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'kube-root-ca.crt', key: 'nothing' } } }],
      },
      'CreateContainerConfigError',
      "couldn't find key nothing in ConfigMap default/kube-root-ca.crt",
    ],
  ])('and settings %j keep a container waiting: %s', (container, reason, message) => {
    const one = new OnePod({ containers: [{ name: 'c', ...container }] }).run(30);
    expect(waiting(one)).toEqual({ reason, message });
    const event = reason === 'CreateContainerConfigError' ? message : reason;
    expect(one.events().get(`Failed: Error: ${event}`)).toBeGreaterThan(1);
  });

  it('that run as root, and processes that cannot be started, are refused in the words of the runtime', () => {
    const spec = { containers: [{ name: 'c', image: 'nginx', securityContext: { runAsNonRoot: true } }] };
    const root = new OnePod(spec, [{ match: {}, image: { user: '0' } }]).run(15);
    expect(stringAt(waiting(root), 'message')).toMatch(
      /^container has runAsNonRoot and image will run as root \(pod: "p_default\(.*\)", container: c\)$/,
    );
    const broken = new OnePod(web, [{ match: {}, startFailure: 'exec: "sh": executable file not found in $PATH' }]).run(
      5,
    );
    expect(
      objectAt(broken.status(), 'lastState', 'terminated') ?? objectAt(broken.status(), 'state', 'terminated'),
    ).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
    });
  });
});

describe('volumes', () => {
  it('wait for their objects, and the Pod starts when they are there', () => {
    const volumes = [{ name: 'cfg', configMap: { name: 'late' } }];
    const one = new OnePod({ ...web, volumes }).run(5);
    const event = 'FailedMount: MountVolume.SetUp failed for volume "cfg" : configmap "late" not found';
    // At once, then after half a second, one, two.
    expect(one.events().get(event)).toBe(4);
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Pending');
    one.cluster.request({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'configmaps' },
      namespace: 'default',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late', namespace: 'default' } },
    });
    one.run(10);
    expect(stringAt(one.pod(), 'status', 'phase')).toBe('Running');
  });

  it('watch their objects no longer than a Pod of the Node uses them', () => {
    const volumes = [{ name: 'cfg', configMap: { name: 'kube-root-ca.crt' } }];
    const spec = { ...web, volumes, nodeName: 'w1', automountServiceAccountToken: false };
    const one = new OnePod(spec);
    one.make('q', spec);
    const uses = () =>
      one.cluster.trace
        .after(0)
        .filter(
          ({ from, verb, object }) =>
            from === 'kubelet/w1' && (verb === 'CLOSE' || object === 'configmaps/default/kube-root-ca.crt'),
        ).length;
    one.run(10);
    expect(uses()).toBe(1);
    for (const name of ['p', 'q']) {
      one.cluster.request({
        verb: 'delete',
        resource: { group: '', version: 'v1', plural: 'pods' },
        namespace: 'default',
        name,
      });
      one.run(60);
      expect(one.pod(name)).toBeUndefined();
      expect(uses()).toBe(name === 'p' ? 1 : 2);
    }
    one.run(600);
    expect(uses()).toBe(2);
  });
});
