import { describe, expect, it } from 'vitest';
import { inFolder } from './testing/in-folder.ts';
import { drydock } from './testing/run-in.ts';

const DESIGN = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "nginx:1.27", ports: [{containerPort: 80}], resources: {limits: {cpu: "0.5"}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {mode: fast}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`;

describe('drydock diff', () => {
  it('finds none between a design and what a cluster made of it', async () => {
    await inFolder({ 'design.yaml': DESIGN }, async (folder) => {
      const { output } = await drydock(['simulate', '-o', 'json', `${folder}/design.yaml`]);
      const dump = JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: (JSON.parse(output) as { objects: unknown[] }).objects,
      });
      const same = await drydock(['diff', `${folder}/design.yaml`, '-'], { input: dump });
      // What a cluster has besides: its Nodes and add-ons. Everything of the design is the same.
      const lines = same.output.split('\n');
      expect(lines.filter((line) => /^[^+]|shop/.test(line))).toEqual([]);
      expect(same.said.at(-1)).toMatch(/^4 objects are the same/);
      const { output: clean, said } = await drydock(['convert', '--from', 'live', '-'], { input: dump });
      expect(clean).toContain('kind: Deployment');
      expect(clean).not.toMatch(/managedFields|resourceVersion|kind: Pod$|kind: ReplicaSet$/m);
      expect(said.join('\n')).toContain('is made by ReplicaSet.apps/shop/web-');
    });
  });

  it('tells by field what changed, by the key of a list item', async () => {
    const changed = DESIGN.replace('replicas: 2', 'replicas: 3')
      .replace('nginx:1.27', 'nginx:1.28')
      .replace('"0.5"', '500m')
      .replace('[{port: 80}]', '[{port: 80, protocol: TCP}, {port: 443, name: tls}]')
      .replaceAll('settings', 'options');
    await inFolder({ 'a.yaml': DESIGN, 'b.yaml': changed }, async (folder) => {
      const { code, output, said } = await drydock(['diff', `${folder}/a.yaml`, `${folder}/b.yaml`]);
      expect(code).toBe(1);
      expect(output).toBe(`~ Deployment.apps/shop/web
    ~ spec.replicas: 2 -> 3
    ~ spec.template.spec.containers[name=web].image: "nginx:1.27" -> "nginx:1.28"
~ Service/shop/web
    + spec.ports[port=443,protocol=TCP]: {"port":443,"name":"tls","protocol":"TCP","targetPort":443}
> ConfigMap/shop/settings -> ConfigMap/shop/options
`);
      expect(said.at(-1)).toBe('1 objects are the same, 3 differ');
      const json = JSON.parse(
        (await drydock(['diff', '-o', 'json', `${folder}/a.yaml`, `${folder}/b.yaml`])).output,
      ) as object;
      expect(json).toMatchObject({
        same: 1,
        differences: [{ change: 'changed' }, { change: 'changed' }, { from: 'ConfigMap/shop/settings' }],
      });
      expect((await drydock(['diff', `${folder}/a.yaml`, `${folder}/a.yaml`])).code).toBe(0);
    });
  });

  it('says what it cannot work with', async () => {
    expect((await drydock(['diff', '-'])).code).toBe(2);
    expect((await drydock(['diff', '-', '-', '-'])).code).toBe(2);
    expect((await drydock(['diff', '-o', 'x', '-', '-'])).code).toBe(2);
    expect((await drydock(['convert', '--from', 'x', '-'])).said[0]).toContain('one of manifests, live');
    expect((await drydock(['convert', '--to', 'x', '-'])).code).toBe(2);
    expect((await drydock(['convert', '--from', 'live', '/nowhere'])).code).toBe(2);
  });
});
