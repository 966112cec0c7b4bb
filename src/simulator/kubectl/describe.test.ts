import { beforeAll, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { shellOf } from './testing/shell.ts';
import { Cluster } from '../cluster.ts';

beforeAll(preloadKinds);

const DEPLOYMENT: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: 80 }] }] },
    },
  },
};
const SERVICE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
};

it('describes what runs, with its Events, or several at once without', () => {
  const run = shellOf(Cluster.create({ seed: 3, kinds }));
  run('apply -f w.yaml', { 'w.yaml': [DEPLOYMENT, SERVICE] });
  run('get pods');
  const deployment = run('describe deploy web').stdout;
  expect(deployment).toMatch(/^Replicas: +2 desired \| 2 updated \| 2 total \| 2 available \| 0 unavailable$/m);
  expect(deployment).toMatch(/^NewReplicaSet: +web-\w+ \(2\/2 replicas created\)$/m);
  expect(deployment).toMatch(
    /ScalingReplicaSet +\d+s +deployment-controller +Scaled up replica set web-\w+ from 0 to 2$/m,
  );
  const [pod = ''] = run('get po -o name').stdout.split('\n');
  const described = run(`describe ${pod}`).stdout;
  expect(described).toMatch(/^Controlled By: +ReplicaSet\/web-\w+$/m);
  const reasons = described.split('\n').flatMap((line) => /^ {2}Normal +(\w+)/.exec(line)?.[1] ?? []);
  expect(reasons).toEqual(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
  expect(run('describe svc web').stdout).toMatch(/^Endpoints: +10\.244\.\d\.\d+:80,10\.244\.\d\.\d+:80$/m);
  expect(run('describe node w1').stdout).toMatch(/^Non-terminated Pods: +\(\d in total\)$/m);
  const both = run('describe pods web').stdout;
  expect(both.match(/^Name: +web-/gm)).toHaveLength(2);
  expect(both).not.toMatch(/^Events:/m);
  expect(run('describe pod nobody')).toMatchObject({
    stderr: 'Error from server (NotFound): pods "nobody" not found\n',
    exitCode: 1,
  });
});
