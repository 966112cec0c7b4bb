import { describe, expect, it } from 'vitest';
import { applyCommand, exportInForm } from './export-forms.ts';
import type { ExportForm } from './export-forms.ts';
import { contextOf, designOf } from './testing/design-of.ts';

const WEB =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop} # the tier\nstatus: {replicas: 1}\n';
const SHOP = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
const NODE = 'apiVersion: v1\nkind: Node\nmetadata: {name: w1}\nstatus: {capacity: {cpu: "4"}}\n';
const LAYOUT = '# drydock:layout v1\n# drydock: application Deployment.apps/shop/web @ 24,60\n';
const FILES = { 'a/web.yaml': `${WEB}${LAYOUT}`, 'b/rest.yaml': `${NODE}---\n${SHOP}` };

function exported(form: Partial<ExportForm>): Readonly<Record<string, string>> {
  const design = designOf(FILES);
  const whole = { files: 'asTheyAre', name: 'shop', layout: 'keep', withoutStatus: false, ...form } as const;
  const files = exportInForm(design, contextOf(design).registry, whole);
  return Object.fromEntries(files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
}

describe('forms of an export', () => {
  it('leaves files as they are', () => {
    expect(exported({})).toEqual(FILES);
  });

  it('joins all in the order to apply them, with their layout at the end', () => {
    expect(exported({ files: 'one' })).toEqual({ 'shop.yaml': `${SHOP}---\n${NODE}---\n${WEB}${LAYOUT}` });
  });

  it('gives each object a file, named so that they are applied in order', () => {
    expect(exported({ files: 'each' })).toEqual({
      '1-namespace-shop.yaml': SHOP,
      '2-node-w1.yaml': NODE,
      '3-deployment-web.yaml': `${WEB}${LAYOUT}`,
    });
  });

  it('leaves the status out, but for that of a Node, and the layout', () => {
    expect(exported({ withoutStatus: true, layout: 'drop' })).toEqual({
      'a/web.yaml': WEB.replace('status: {replicas: 1}\n', ''),
      'b/rest.yaml': FILES['b/rest.yaml'],
    });
  });

  it.each([
    [['shop.yaml'], 'kubectl apply -f shop.yaml'],
    [['my shop.yaml'], "kubectl apply -f './my shop.yaml'"],
    [["it's.yaml"], "kubectl apply -f './it'\\''s.yaml'"],
    [['a.yaml', 'b.yaml'], 'kubectl apply -R -f manifests/'],
  ])('says how to apply %o', (paths, command) => {
    expect(applyCommand(paths.map((path) => ({ path, content: new Uint8Array() })))).toBe(command);
  });
});
