import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inFolder } from './testing/in-folder.ts';
import { drydock } from './testing/run-in.ts';

const COMPOSE = 'services:\n  web: {image: nginx, ports: ["80:80"], logging: {driver: x}}\n';

describe('drydock convert', () => {
  it('reads Compose from standard input, a file, or a folder with its override', async () => {
    const piped = await drydock(['convert', '--from', 'compose', '-'], { input: COMPOSE });
    expect(piped.code).toBe(0);
    expect(piped.output).toContain('kind: Deployment');
    expect(piped.said).toEqual(['compose.yaml:2: web: logging has no form in Kubernetes and is left out.']);
    await inFolder(
      { 'compose.yaml': COMPOSE, 'compose.override.yaml': 'services: {web: {scale: 4}}\n' },
      async (folder) => {
        expect((await drydock(['convert', '--from', 'compose', folder])).output).toContain('replicas: 4');
        expect((await drydock(['convert', '--from', 'compose', `${folder}/compose.yaml`])).output).toContain(
          'replicas: 1',
        );
        const { said } = await drydock(['convert', '--from', 'compose', folder], { locale: 'zh_CN' });
        expect(said[0]).toContain('在 Kubernetes 中没有对应的写法');
      },
    );
  });

  it('ends badly where nothing came of it', async () => {
    const refused = await drydock(['convert', '--from', 'compose', '-'], { input: 'services: [' });
    expect(refused).toMatchObject({ code: 1, output: '' });
    await inFolder({ 'a.txt': '' }, async (folder) => {
      expect((await drydock(['convert', '--from', 'compose', folder])).code).toBe(2);
      expect((await drydock(['convert', '--from', 'kustomize', folder])).code).toBe(2);
      expect((await drydock(['convert', '--from', 'kustomize', `${folder}/none`])).code).toBe(2);
      expect((await drydock(['convert', '--from', 'kustomize', folder, folder])).code).toBe(2);
    });
  });

  it('builds a kustomization, and every variant of a folder', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\nnamePrefix: dev-\n',
      'overlays/prod/kustomization.yaml': 'resources: [../../base]\nnamePrefix: prod-\n',
    };
    await inFolder(files, async (folder) => {
      const one = await drydock(['convert', '--from', 'kustomize', `${folder}/overlays/dev`]);
      expect(one).toMatchObject({ code: 0, output: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dev-a\n' });
      const all = await drydock(['convert', '--from', 'kustomize', '--root', folder, '--out', `${folder}/out`, folder]);
      expect(all.code).toBe(0);
      expect(await readFile(`${folder}/out/overlays-prod.yaml`, 'utf8')).toContain('name: prod-a');
      const written = await drydock(['convert', '--to', 'kustomize', '-o', 'json', `${folder}/base/a.yaml`]);
      const { files: made } = JSON.parse(written.output) as { files: { path: string }[] };
      expect(made.map(({ path }) => path)).toEqual(['base/kustomization.yaml', 'base/a.yaml']);
    });
  });

  it.each([
    ['kind', 'kind.x-k8s.io/v1alpha4'],
    ['k3d', 'k3d.io/v1alpha5'],
    ['d2', 'direction: right'],
    ['drawio', '<mxfile'],
    ['mermaid', 'flowchart LR'],
    ['dot', 'digraph'],
    ['svg', '<svg'],
    ['link', '#d1.'],
  ])('writes %s', async (format, expected) => {
    const input = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary}\n';
    const { code, output, said } = await drydock(['convert', '--to', format, '-'], { input });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(expected) as string });
    expect(output).not.toContain('canary');
    if (format === 'link') expect(said.join()).toContain('values of Secrets stay behind');
  });

  it.each([
    ['drawio', 'en', 'value="whole cluster"'],
    ['drawio', 'zh_CN', 'value="整个集群"'],
    ['svg', 'en', '>whole cluster<'],
    ['svg', 'zh_CN', '>整个集群<'],
  ])('says in %s what a frame without a title holds, in %s', async (format, locale, expected) => {
    const input = 'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: disk}\nspec: {}\n';
    const { output } = await drydock(['convert', '--to', format, '-'], { input, locale });
    expect(output).toContain(expected);
  });
});
