import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { putInto } = COMMANDS;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web # the main one
          image: nginx:1.27
      volumes:
        - name: log
          emptyDir: {}
`;
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: probe
  labels:
    team: shop
spec:
  restartPolicy: Never
  containers:
    - name: web
      image: busybox:1.37
      volumeMounts:
        - name: log
          mountPath: /log
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: log
      emptyDir: {}
    - name: tmp
      emptyDir:
        medium: Memory
`;

async function both() {
  const driver = await open(`${deployment}---\n${pod}`);
  return { driver, workload: driver.id('Deployment/web'), source: driver.id('Pod/probe') };
}

describe('putting a Pod into a workload', () => {
  it('adds its containers under free names with the volumes that they mount, and takes the Pod away', async () => {
    const { driver, workload, source } = await both();
    driver.run(putInto, { source: { record: source, takeAway: true }, workload, how: 'containers' });
    expect(driver.texts()['design.yaml']).toBe(
      deployment.replace(
        `      volumes:
        - name: log
          emptyDir: {}
`,
        `        - name: web-2
          image: busybox:1.37
          volumeMounts:
            - name: log
              mountPath: /log
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: log
          emptyDir: {}
        - name: tmp
          emptyDir:
            medium: Memory
`,
      ),
    );
    driver.expectUndoAndRedo();
  });

  it('makes the template of it, with the labels that the selector needs and without its restart policy', async () => {
    const { driver, workload, source } = await both();
    driver.run(putInto, { source: { record: source, takeAway: false }, workload, how: 'template' });
    const { template, selector } = driver.record('Deployment/web').object['spec'] as never as {
      template: { metadata: { labels: object }; spec: { containers: object[] } };
      selector: object;
    };
    expect(template.metadata.labels).toEqual({ app: 'web', team: 'shop' });
    expect(selector).toEqual({ matchLabels: { app: 'web' } });
    expect(template.spec).toEqual({
      containers: [expect.objectContaining({ name: 'web', image: 'busybox:1.37' })],
      volumes: [
        { name: 'log', emptyDir: {} },
        { name: 'tmp', emptyDir: { medium: 'Memory' } },
      ],
    });
    expect(driver.design.records.size).toBe(2);
    driver.expectUndoAndRedo();
  });

  it('takes the sidecars of a pattern, and of its objects those that they point at', async () => {
    const driver = await open(deployment);
    const text = readFileSync(new URL('../../../templates/patterns/sidecar/design.yaml', import.meta.url), 'utf8');
    const source = { text, title: 'Pod with a sidecar', stem: 'shipper' };
    driver.run(putInto, { source, workload: driver.id('Deployment/web'), how: 'containers' });
    expect([...driver.design.records.values()].map(({ identity }) => identity)).toEqual([
      'Deployment.apps/default/web',
      'ConfigMap/default/shipper',
    ]);
    const text2 = driver.texts('drop')['design.yaml']!;
    expect(text2).toMatch(/initContainers:\s+- name: log-reader/);
    expect(text2).toContain('- name: web # the main one');
    expect(text2.match(/name: log$/gm)).toHaveLength(2);
    driver.expectUndoAndRedo();
  });

  it('is refused across namespaces and for what has no Pods', async () => {
    const driver = await open(
      `${deployment}---\n${pod.replace('name: probe', 'name: probe\n  namespace: shop')}---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n`,
    );
    const source = { record: driver.id('Pod/probe'), takeAway: true };
    expect(driver.run(putInto, { source, workload: driver.id('Deployment/web'), how: 'containers' })).toMatchObject({
      refused: 'connect.otherNamespace',
    });
    expect(driver.run(putInto, { source, workload: driver.id('Secret/s'), how: 'containers' })).toMatchObject({
      refused: 'connect.noPodTemplate',
    });
  });
});
