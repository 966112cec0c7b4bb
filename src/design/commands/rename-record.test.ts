import { describe, expect, it } from 'vitest';
import { open } from '../../workspace/testing/driver.ts';
import { COMMANDS } from './index.ts';

const { renameRecord } = COMMANDS;

const WEB = `# The shop.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # kept
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1
          envFrom:
            - configMapRef: {name: settings}
      volumes:
        - name: settings
          configMap:
            name: "settings"
`;
const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {a: b}
`;

const pod = (name: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: p
  namespace: shop
  annotations:
    k8s.v1.cni.cncf.io/networks: ${name}, other/net, shop/${name}@eth1, ${name}@eth2
spec: {containers: [{name: a, image: a}]}
`;

const LIMITS = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: limits}
spec: {paramKind: {apiVersion: v1, kind: ConfigMap}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: limits}
spec: {policyName: limits, paramRef: {name: settings, namespace: shop, parameterNotFoundAction: Deny}}
`;

describe('renaming', () => {
  it('takes along the bindings of policies that have the object as their parameters', async () => {
    const driver = await open({ 'limits.yaml': LIMITS, 'settings.yaml': SETTINGS });
    expect(driver.run(renameRecord, { record: driver.id('ConfigMap/settings'), name: 'options' })).toBeUndefined();
    expect(driver.texts()['limits.yaml']).toBe(LIMITS.replace('name: settings', 'name: options'));
  });

  it('changes the name and every field that names the object, and nothing else', async () => {
    const driver = await open({ 'web.yaml': WEB, 'settings.yaml': SETTINGS.replaceAll('\n', '\r\n') });
    expect(driver.run(renameRecord, { record: driver.id('ConfigMap/settings'), name: 'options' })).toBeUndefined();
    const texts = driver.texts();
    expect(texts['web.yaml']).toBe(
      WEB.replace('{name: settings}', '{name: options}').replace('name: "settings"', 'name: "options"'),
    );
    expect(texts['settings.yaml']).toBe(SETTINGS.replace('name: settings', 'name: options').replaceAll('\n', '\r\n'));
    expect(driver.state.history.undo).toEqual({
      id: 'record.rename',
      params: { from: 'settings', to: 'options', references: 2 },
    });
    expect([...driver.state.selection]).toEqual([driver.id('ConfigMap/options')]);
    driver.expectUndoAndRedo();
  });

  it('follows although the document thread has not answered the change before', async () => {
    const driver = await open({ 'web.yaml': WEB, 'settings.yaml': SETTINGS });
    driver.run(COMMANDS.editField, {
      record: driver.id('Deployment/web'),
      edits: [{ op: 'delete', path: ['spec', 'template', 'spec', 'containers', 0, 'envFrom'] }],
    });
    expect(driver.state.pending).toBe(true);
    driver.run(renameRecord, { record: driver.id('ConfigMap/settings'), name: 'options' });
    expect(driver.texts()['web.yaml']).toContain('name: "options"');
    expect(driver.texts()['web.yaml']).not.toContain('envFrom');
    driver.expectUndoAndRedo();
  });

  it('renames a map key where the name stands in one', async () => {
    const text = `apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec:
  hard:
    gold.storageclass.storage.k8s.io/requests.storage: 10Gi # much
    gold.storageclass.storage.k8s.io/persistentvolumeclaims: "2"
    pods: "3"
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: gold}
provisioner: x.example.com
`;
    const driver = await open(text);
    driver.run(renameRecord, { record: driver.id('StorageClass/gold'), name: 'silver' });
    expect(driver.texts()['design.yaml']).toBe(text.replaceAll('gold', 'silver'));
    driver.expectUndoAndRedo();
  });

  it('writes every name of an annotation that names an object twice', async () => {
    const network = `apiVersion: k8s.cni.cncf.io/v1\nkind: NetworkAttachmentDefinition\nmetadata: {name: net, namespace: shop}\n`;
    const driver = await open(`${network}---\n${pod('net')}`);
    driver.run(renameRecord, { record: driver.id('NetworkAttachmentDefinition/net'), name: 'lan' });
    expect(driver.texts()['design.yaml']).toBe(`${network.replace('name: net', 'name: lan')}---\n${pod('lan')}`);
    driver.expectUndoAndRedo();
  });

  it('takes a name literally that looks like a placeholder', async () => {
    const driver = await open(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
`);
    const name = "$&{namespace}$'";
    expect(driver.run(renameRecord, { record: driver.id('Role/reader'), name })).toBeUndefined();
    const binding = driver.record('RoleBinding/b').object as unknown as { roleRef: { name: string } };
    expect(binding.roleRef.name).toBe(name);
    driver.expectUndoAndRedo();
  });

  it('works inside a List and in JSON', async () => {
    const list = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata:
    name: key
- apiVersion: v1
  kind: Pod
  metadata: {name: p}
  spec:
    containers: [{name: a, image: a}]
    imagePullSecrets: [{name: key}] # here
`;
    const json = `{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"a"},\n  "imagePullSecrets":[{"name":"key"}]}\n`;
    const driver = await open({ 'list.yaml': list, 'a.json': json });
    const ids = [...driver.design.records.keys()];
    driver.run(renameRecord, { record: driver.id('Secret/key'), name: 'lock' });
    expect(driver.texts()).toEqual({
      'list.yaml': list.replaceAll('name: key', 'name: lock'),
      'a.json': json.replace('"key"', '"lock"'),
    });
    expect([...driver.design.records.keys()]).toEqual(ids);
    driver.expectUndoAndRedo();
  });

  it('follows the names of what the object makes', async () => {
    const set = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a, image: a}]}}
  volumeClaimTemplates: [{metadata: {name: data}}]
`;
    const volume = `apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec:
  claimRef: {namespace: default, name: data-db-1} # claimed
`;
    const driver = await open({ 'db.yaml': set, 'pv.yaml': volume });
    driver.run(renameRecord, { record: driver.id('StatefulSet/db'), name: 'store' });
    expect(driver.texts()).toEqual({
      'db.yaml': set.replace('{name: db}', '{name: store}'),
      'pv.yaml': volume.replace('data-db-1', 'data-store-1'),
    });
    driver.expectUndoAndRedo();
  });

  it('gives a name to an object that had only a generateName', async () => {
    const driver = await open('apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: job-\n');
    const [record] = driver.design.records.keys();
    driver.run(renameRecord, { record: record!, name: 'job' });
    expect(driver.changed()).toEqual(['+  name: job']);
    driver.expectUndoAndRedo();
  });

  it.each([
    ['ConfigMap/settings', 'Bad_Name', 'command.name.invalid'],
    ['ConfigMap/settings', 'settings', 'command.noChange'],
    ['ConfigMap/settings', 'taken', 'command.name.taken'],
    ['Service/web', 'a.b', 'command.name.invalid'],
  ])('refuses %s → %s: %s', async (of, name, refused) => {
    const taken = SETTINGS.replace('settings', 'taken');
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n';
    const driver = await open([SETTINGS, taken, service].join('---\n'));
    expect(driver.run(renameRecord, { record: driver.id(of), name })).toMatchObject({ refused });
    expect(driver.changed()).toEqual([]);
    expect(driver.run(renameRecord, { record: 'none', name })).toEqual({ refused: 'command.noSuchRecord' });
  });

  it('refuses where the text belongs to an anchor elsewhere, and changes no file', async () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: &name settings}
spec:
  containers: [{name: a, image: a}]
  volumes: [{name: v, configMap: {name: *name}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
`;
    const driver = await open(text);
    const refusal = driver.run(renameRecord, { record: driver.id('ConfigMap/settings'), name: 'options' });
    if (refusal) {
      expect(refusal).toMatchObject({ refused: 'command.cannotEditText' });
      expect(driver.texts()['design.yaml']).toBe(text);
    } else {
      expect(driver.record('Pod/settings').object['spec']).toMatchObject({
        volumes: [{ configMap: { name: 'options' } }],
      });
    }
  });
});
