import { describe, expect, it } from 'vitest';
import { designOf, contextOf } from '../../design/testing/design-of.ts';
import type { Placement } from '../../design/design.ts';
import { EMPTY_ARRANGEMENT, placeScene } from '../arrange.ts';
import { sceneModel } from '../scene-model.ts';
import type { Scene } from '../scene.ts';
import { withDrawn } from './drawn-scene.ts';
import { filterScene } from './filter-scene.ts';
import { foldScene } from './fold-scene.ts';
import { WHOLE_VIEW } from './view.ts';
import type { View } from './view.ts';

const SHOP = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {tier: front}}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {tier: front}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: a, image: a, envFrom: [{secretRef: {name: keys}}, {configMapRef: {name: settings}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other, namespace: infra}
`;

const design = designOf(SHOP);
const { graph, registry } = contextOf(design);
const scene = placeScene(sceneModel(design, graph, [], registry), EMPTY_ARRANGEMENT);
const names = (shown: Scene): readonly string[] => shown.cards.map(({ kind, name }) => `${kind} ${name}`);
const view = (part: Partial<View>): View => ({ ...WHOLE_VIEW, ...part });

describe('what is looked at', () => {
  it.each([
    [view({ filters: [{ by: 'kind', value: 'ConfigMap' }] }), ['ConfigMap settings', 'ConfigMap other']],
    [view({ filters: [{ by: 'namespace', value: 'infra' }] }), ['ConfigMap other']],
    [
      view({
        filters: [
          { by: 'label', value: 'tier=front' },
          { by: 'kind', value: 'Service' },
          { by: 'kind', value: 'ConfigMap' },
        ],
      }),
      ['Service web'],
    ],
    [view({ filters: [{ by: 'problem', value: 'error' }] }), ['Secret keys']],
    [view({ focus: [...design.records.keys()][0] }), ['Service web', 'Deployment web']],
  ])('%j', (seen, expected) => {
    const shown = filterScene(scene, design, seen);
    expect(names(shown)).toEqual(expected);
    const ids = new Set(shown.cards.map(({ id }) => id));
    expect(shown.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
    expect(shown.frames.every(({ id }) => shown.cards.some(({ frame }) => frame === id))).toBe(true);
  });

  it('is the whole scene where nothing is asked for', () => {
    expect(filterScene(scene, design, WHOLE_VIEW)).toBe(scene);
    expect(foldScene(scene, { design, registry }, new Map(), WHOLE_VIEW)).toBe(scene);
    expect(withDrawn(scene, new Map())).toBe(scene);
  });
});

describe('folding', () => {
  it('makes one card of an application, with what is joined to nothing else', () => {
    const shown = foldScene(scene, { design, registry }, new Map(), view({ foldApps: true }));
    expect(names(shown)).toEqual(['app web', 'ConfigMap other', 'Secret keys']);
    expect(shown.cards[0]).toMatchObject({ members: 3, pods: 2 });
    expect(shown.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['app:frame:shop/web ghost:Secret/shop/keys']);
    const again = foldScene(
      scene,
      { design, registry },
      new Map(),
      view({ foldApps: true, unfolded: new Set(['app:frame:shop/web']) }),
    );
    expect(again.cards).toHaveLength(scene.cards.length);
  });

  it('leaves of a frame its title and what is in it, and lines end at it', () => {
    const placements = new Map([['frame:shop', { x: 0, y: 0, drawn: { folded: true } }]]);
    const shown = foldScene(scene, { design, registry }, placements, WHOLE_VIEW);
    expect(names(shown)).toEqual(['ConfigMap other']);
    expect(shown.frames.find(({ id }) => id === 'frame:shop')?.folded).toEqual({
      cards: 4,
      pods: 2,
      errors: 1,
      warnings: 0,
    });
    expect(shown.edges).toEqual([]);
  });
});

describe('what is drawn', () => {
  it('stands beside the objects, and its arrows end at cards that are there', () => {
    const [service] = design.records.keys();
    const arrow = (from: string, to: string) => ({ x: 0, y: 0, drawn: { from, to, text: 'buys' } });
    const placements = new Map<string, Placement>([
      ['actor:a', { x: 5, y: 6, drawn: { what: 'user', text: 'Customer' } }],
      ['arrow:b', arrow('actor:a', service ?? '')],
      ['arrow:c', arrow('actor:a', 'gone')],
    ]);
    const shown = withDrawn(scene, placements);
    expect(shown.drawn).toEqual([
      { id: 'actor:a', drawn: { type: 'actor', what: 'user', text: 'Customer' }, x: 5, y: 6, width: 112, height: 84 },
    ]);
    expect(shown.edges.filter(({ line }) => line === 'drawn').map(({ id, label }) => `${id} ${label}`)).toEqual([
      'arrow:b buys',
    ]);
  });
});
