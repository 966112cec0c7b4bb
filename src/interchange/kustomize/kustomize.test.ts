import { describe, expect, it } from 'vitest';
import { valueAt } from '../../base/json.ts';
import { memoryTree } from '../file-tree.ts';
import { buildKustomization } from './build.ts';
import { kustomizationsIn, buildVariants, variantsIn } from './variants.ts';
import { writeKustomization } from './write-kustomization.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", envFrom: [{configMapRef: {name: settings}}]}]}
`;
const FILES: Readonly<Record<string, string>> = {
  'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator: [{name: settings, literals: [mode=fast]}]\n',
  'base/web.yaml': DEPLOYMENT,
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\nnamePrefix: dev-\n',
  'overlays/prod/kustomization.yaml':
    'resources: [../../base]\nreplicas: [{name: web, count: 5}]\ncomponents: [../../parts/tls]\n',
  'parts/tls/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
};
const tree = (files: Readonly<Record<string, string>>) => memoryTree(Object.entries(files));
const build = (text: string, more: Readonly<Record<string, string>> = {}) =>
  buildKustomization(tree({ 'kustomization.yaml': text, ...more }), '');

describe('kustomize', () => {
  it('follows names with the hash that kubectl gives them', async () => {
    const { objects, notes } = await buildKustomization(tree(FILES), 'overlays/dev');
    expect(notes).toEqual([]);
    // The names are those that kubectl 1.32 prints.
    expect(objects.map((object) => valueAt(object, 'metadata', 'name'))).toEqual([
      'dev-settings-t82mkhg8fd',
      'dev-web',
    ]);
    expect(valueAt(objects[1], 'spec', 'template', 'spec', 'containers', 0, 'envFrom', 0, 'configMapRef', 'name')).toBe(
      'dev-settings-t82mkhg8fd',
    );
  });

  it('finds the variants, and shows in each what a change of the base makes of it', async () => {
    expect(variantsIn(tree(FILES))).toEqual(['overlays/dev', 'overlays/prod']);
    expect(kustomizationsIn(tree(FILES)).map(({ folder, isComponent }) => [folder, isComponent])).toEqual([
      ['base', false],
      ['overlays/dev', false],
      ['overlays/prod', false],
      ['parts/tls', true],
    ]);
    const images = async (files: Readonly<Record<string, string>>) =>
      [...(await buildVariants(tree(files)))].map(([folder, { objects }]) => [
        folder,
        valueAt(objects.at(-1), 'spec', 'replicas') ?? 1,
        valueAt(objects.at(-1), 'spec', 'template', 'spec', 'containers', 0, 'image'),
      ]);
    expect(await images(FILES)).toEqual([
      ['overlays/dev', 1, 'web:1'],
      ['overlays/prod', 5, 'web:1'],
    ]);
    expect(await images({ ...FILES, 'base/web.yaml': DEPLOYMENT.replace('web:1', 'web:2') })).toEqual([
      ['overlays/dev', 1, 'web:2'],
      ['overlays/prod', 5, 'web:2'],
    ]);
  });

  it('writes a design as a base with overlays that builds to the design', async () => {
    const written = writeKustomization(
      [{ path: 'a/web.yaml', content: DEPLOYMENT }],
      [{ name: 'prod', namespace: 'shop' }],
    );
    expect(written.map(({ path }) => path)).toEqual([
      'base/kustomization.yaml',
      'base/a/web.yaml',
      'overlays/prod/kustomization.yaml',
    ]);
    const files = tree(Object.fromEntries(written.map(({ path, content }) => [path, content])));
    expect((await buildKustomization(files, 'base')).objects).toMatchObject([
      { kind: 'Deployment', metadata: { name: 'web' } },
    ]);
    expect((await buildKustomization(files, 'overlays/prod')).objects).toMatchObject([
      { metadata: { namespace: 'shop' } },
    ]);
  });

  it.each([
    ['vars: [{name: A}]', 'kustomize.notFollowed', 1],
    ['namePrefix: x-\nhelmCharts: [{name: a}]', 'kustomize.notFollowed', 2],
    ['transformers: [t.yaml]', 'kustomize.notFollowed', 1],
    ['resources: [https://example.com/a.yaml]', 'kustomize.remote', 1],
    ['resources:\n- github.com/a/b?ref=v1', 'kustomize.remote', 2],
    ['resources: [../../../etc/passwd]', 'source.outside', 1],
    ['resources: [/etc/passwd]', 'source.outside', 1],
    ['resources: [gone.yaml]', 'source.missing', 1],
    ['resources: [.]', 'kustomize.cycle', 1],
    ['resources: [t.yaml]', 'kustomize.resource', 1],
    ['color: red', 'source.unknownKey', 1],
    ['resources: a.yaml', 'source.type', 1],
    ['kind: Kustomization\napiVersion: v1', 'kustomize.version', 2],
    ['a: [', 'source.unreadable', 1],
    ['configMapGenerator: [{name: a, files: [../x]}]', 'source.outside', 1],
    ['secretGenerator: [{literals: [a=b]}]', 'kustomize.generator', 1],
    ['patches: [{patch: "[]", path: x}]', 'kustomize.patch', 1],
  ])('builds nothing of %s, and says why and where', async (text, id, line) => {
    const { objects, notes } = await build(text, { 't.yaml': 'a: {{ .Values.b }}\n' });
    expect({ objects, notes: notes.map((note) => [note.id, note.line]) }).toEqual({ objects: [], notes: [[id, line]] });
  });

  it('keeps within bounds where kustomizations multiply', async () => {
    const files: Record<string, string> = {
      'k0/kustomization.yaml': 'configMapGenerator: [{name: a, literals: [a=b]}]',
    };
    for (let level = 1; level < 20; level++)
      files[`k${level}/kustomization.yaml`] = `resources: [../k${level - 1}, ../k${level - 1}]`;
    const { objects, notes } = await buildKustomization(tree(files), 'k19');
    expect({ objects, count: notes.length }).toEqual({ objects: [], count: 1 });
  });
});
