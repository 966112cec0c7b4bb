import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inFolder } from './testing/in-folder.ts';
import { drydock } from './testing/run-in.ts';

const CONTROLLER = `apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec:
  replicas: 2 # for now
  selector: {app: web}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "web:1"}]}
---
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: v1, kind: ReplicationController, name: web}
  maxReplicas: 3
  targetCPUUtilizationPercentage: 80
---
apiVersion: v1
kind: Endpoints
metadata: {name: db}
subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 5432}]}]
`;

describe('drydock fix', () => {
  it('shows what took the place of what, with what points there, and writes it where it is told to', async () => {
    await inFolder({ 'in/a.yaml': CONTROLLER }, async (folder) => {
      const { code, output, said } = await drydock(['fix', '--out', `${folder}/out`, `${folder}/in/a.yaml`]);
      expect(code).toBe(0);
      expect(said).toHaveLength(3);
      expect(said[0]).toContain('Convert to Deployment (apps/v1)');
      for (const line of ['-kind: ReplicationController', '+kind: Deployment', '+kind: EndpointSlice'])
        expect(output.split('\n')).toContain(line);
      const written = await readFile(`${folder}/out${folder}/in/a.yaml`, 'utf8');
      expect(written).toContain('replicas: 2 # for now');
      expect(written).toContain('scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}');
      expect(await readFile(`${folder}/in/a.yaml`, 'utf8')).toBe(CONTROLLER);
      const again = await drydock(['fix', `${folder}/out`]);
      expect(again).toMatchObject({ code: 0, output: '', said: [] });
    });
  });

  it('says nothing of what is up to date, and needs something to read', async () => {
    expect(await drydock(['fix', '-'], { input: 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n' })).toMatchObject(
      {
        code: 0,
        output: '',
      },
    );
    expect((await drydock(['fix'])).code).toBe(2);
  });
});
