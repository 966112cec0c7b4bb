import { describe, expect, it } from 'vitest';
import { EMPTY_DESIGN } from '../design/design.ts';
import { addFiles } from '../design/import.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { readManifest } from '../manifest/read.ts';
import type { Scene } from '../scene/scene.ts';
import { sceneModel } from '../scene/scene-model.ts';
import { d2Of } from './d2/d2.ts';
import { drawioOf } from './drawio/drawio.ts';
import { graphvizOf } from './graphviz/graphviz.ts';
import { mermaidOf } from './mermaid/mermaid.ts';
import { pictureOf } from './picture/picture.ts';

const HOSTILE = '"]}</svg><script>alert(1)</script>${x}\\\u202e&';
const TEXT = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: web, envFrom: [{configMapRef: {name: gone}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${JSON.stringify(HOSTILE)}, namespace: shop}
`;

function model() {
  const design = addFiles(EMPTY_DESIGN, [readManifest('a.yaml', TEXT)], BUILT_IN_KINDS);
  return sceneModel(design, resolveReferences(design, BUILT_IN_KINDS), [], BUILT_IN_KINDS);
}

function scene(): Scene {
  const { frames, cards, edges } = model();
  return {
    frames: frames.map(({ id }) => ({
      id,
      kind: 'namespace',
      title: id.slice(6),
      x: 0,
      y: 0,
      width: 600,
      height: 400,
    })),
    cards: cards.map((card, index) => ({ ...card, x: 16 + index * 200, y: 40, width: 180, height: 88 })),
    edges: edges.map((edge) => ({
      ...edge,
      points: [
        { x: 0, y: 0 },
        { x: 5, y: 9 },
        { x: 10, y: 9 },
      ],
    })),
  };
}

/** Cells of a file of draw.io by id, read back from its XML. */
function cells(xml: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const decode = (text: string): string =>
    text
      .replaceAll('&#10;', '\n')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  return new Map(
    [...xml.matchAll(/<mxCell ([^>]*?)\/?>/g)].map(([, attributes = '']) => {
      const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, key, value]) => [key!, decode(value!)] as const,
      );
      const cell: Readonly<Record<string, string>> = Object.fromEntries(pairs);
      return [cell['id']!, cell];
    }),
  );
}

describe('pictures for other tools', () => {
  it('draw.io gets groups that hold their cards, and edges that hang on them', () => {
    const found = cells(drawioOf(scene(), 'shop', String));
    const byText = (text: string) => [...found.values()].find(({ value }) => value?.startsWith(text));
    const shop = byText('shop');
    expect(shop).toMatchObject({ vertex: '1', parent: '1' });
    const cards = [...found.values()].filter(({ parent }) => parent === shop?.['id']);
    expect(cards.map(({ value }) => value?.split('\n')[0]).sort()).toEqual(
      [HOSTILE.replace('\u202e', ''), 'gone', 'web', 'web'].sort(),
    );
    const edges = [...found.values()].filter(({ edge }) => edge === '1');
    expect(edges.length).toBe(2);
    for (const { source, target } of edges) expect([found.has(source!), found.has(target!)]).toEqual([true, true]);
    for (const { style } of found.values()) if (style !== undefined) expect(style).toContain('html=0');
    expect(drawioOf(scene(), 'x', String)).toContain('<mxPoint x="5" y="9"/>');
  });

  it('D2 gets containers, cards and edges', () => {
    expect(d2Of(model())).toBe(`direction: right
f0: "shop" {
  n0: "web\\nService"
  n1: "web\\nPod"
  n2: "\\"]}</svg><script>alert(1)</script>\\\${x}\\\\\u202e&\\nConfigMap"
  n3: "gone\\nConfigMap" { style.stroke-dash: 4 }
}
f0.n0 -> f0.n1: "app=web" { style.stroke-dash: 4 }
f0.n1 -> f0.n3: "envFrom"
`);
  });

  it.each([
    ['SVG', () => pictureOf(scene())],
    ['draw.io', () => drawioOf(scene(), HOSTILE, String)],
    ['Mermaid', () => mermaidOf(model())],
  ])('%s holds no markup and no link of a design', (_, draw) => {
    const text = draw();
    expect(text).not.toContain('<script');
    expect(text).not.toMatch(/href|foreignObject|javascript:/);
  });

  it('Graphviz keeps quotes inside its quotes', () => {
    for (const line of graphvizOf(model()).split('\n'))
      expect(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').includes('"')).toBe(false);
  });
});
