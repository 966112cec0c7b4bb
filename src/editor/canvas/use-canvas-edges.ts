import { sameItems } from '../../base/same-items.ts';
import { useMemo, useState } from 'react';
import { visibleText } from '../../kit/visible-text.ts';
import type { Scene, SceneEdge } from '../../scene/scene.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { edgeRouter } from './edge-routes.ts';
import type { Route } from './edge-routes.ts';
import type { CanvasEdge } from './edge-view.tsx';
import { drawnWords } from './node-words.ts';
import { useShownScene } from './view/view-store.ts';

/** The edges React Flow draws, each with its way and with what a screen reader says of it. */
export function useCanvasEdges(): CanvasEdge[] {
  const scene = useShownScene();
  const t = useText();
  const [build] = useState(canvasEdgeBuilder);
  return useMemo(() => build(scene, t), [scene, t, build]);
}

/** An edge with what it was made from: the same value again where all of that is the same. */
interface Built {
  readonly edge: SceneEdge;
  readonly route: Route;
  readonly from: string;
  readonly to: string;
  readonly view: CanvasEdge;
}

function canvasEdgeBuilder(): (scene: Scene, t: Text) => CanvasEdge[] {
  const router = edgeRouter();
  let before = new Map<string, Built>();
  let language: Text | undefined;
  let shown: CanvasEdge[] = [];
  return (scene, t) => {
    if (t !== language) before = new Map();
    language = t;
    const routes = router(scene);
    const names = new Map(scene.cards.map((card) => [card.id, `${card.kind} ${visibleText(card.name)}`]));
    for (const drawn of scene.drawn ?? []) names.set(drawn.id, drawnWords(t, drawn));
    const next = new Map<string, Built>();
    for (const edge of scene.edges) {
      const route = routes.get(edge.id);
      if (!route) continue;
      const [from, to] = [names.get(edge.from) ?? '', names.get(edge.to) ?? ''];
      const known = before.get(edge.id);
      const isSame = known?.edge === edge && known.route === route && known.from === from && known.to === to;
      next.set(edge.id, isSame ? known : { edge, route, from, to, view: edgeView(t, edge, route, { from, to }) });
    }
    before = next;
    // The very list where nothing of it changed: React Flow reads every edge of another one.
    const edges = [...next.values()].map(({ view }) => view);
    return (shown = sameItems(edges, shown) ? shown : edges);
  };
}

function edgeView(
  t: Text,
  edge: SceneEdge,
  route: Route,
  ends: { readonly from: string; readonly to: string },
): CanvasEdge {
  return {
    id: edge.id,
    type: 'reference',
    source: edge.from,
    target: edge.to,
    data: { edge, route },
    selectable: false,
    // Said of the edges that are mounted, which are few.
    get ariaLabel() {
      return t('canvas:edgeNamed', { ...ends, line: t(`canvas:line.${edge.line}`) });
    },
    ariaRole: 'img',
    focusable: true,
  };
}
