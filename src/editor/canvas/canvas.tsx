import { ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import type { EdgeTypes, NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import './canvas.css';
import './tools.css';
import { looksOnly } from '../../workspace/saving/person-memory.ts';
import { useText } from '../i18n.ts';
import { later } from '../later.tsx';
import { page, usePage } from '../page-state.ts';
import { sceneOf, useWorkspaceState, useWorkspaceStateSoon } from '../workspace-context.ts';
import { DrawnView } from './drawn/drawn-node.tsx';
import { CardView, DetailContext } from './card-node.tsx';
import type { Detail } from './card-node.tsx';
import { FrameView } from './frame-node.tsx';
import { GroupView } from './group-node.tsx';

import { useFarNodes } from './far-hands.ts';
import { useFarOut } from './far-out.ts';
import { FarPicture } from './far-picture.tsx';
import { EdgeView } from './edge-view.tsx';
import type { CanvasEdge } from './edge-view.tsx';
import type { CanvasNode } from './flow-nodes.ts';
import { hover } from './hover.ts';
import { useCanvasPlace } from './use-canvas-place.ts';
import { useHands } from './hands/hands-state.ts';
import { useGestures } from './use-gestures.ts';
import { useCanvasEdges } from './use-canvas-edges.ts';
import { useCanvasNodes } from './use-scene.ts';
import { travelMs, useViewport } from './viewport.ts';

// The other picture is looked at later.
const ClusterStyle = later(() => import('./cluster-style.tsx'));
const CanvasTop = later(() => import('./canvas-top.tsx'), <div className="canvas-bar" />);
const CanvasOver = later(() => import('./canvas-over.tsx'));
const ConnectHint = later(() => import('./connect-hint.tsx'));

const NODE_TYPES: NodeTypes = { card: CardView, drawn: DrawnView, frame: FrameView, grouped: GroupView };
const EDGE_TYPES: EdgeTypes = { reference: EdgeView };
/** Below this zoom a card is a plain block; below the next, edges have no labels. */
const FAR_BELOW = 0.35;
const NEAR_FROM = 0.6;
const ZOOM_RANGE = { min: 0.01, max: 2.5 } as const;
const NO_EDGES: CanvasEdge[] = [];
const MIDDLE_BUTTON = [1];
/** Below this zoom a click on the paper goes there: nothing else could be meant. */
const CLICK_GOES_NEAR = 0.15;

interface CanvasProps {
  /** The zoom at which a small picture is shown first: more than 1 for readers who sit far away. */
  readonly largest?: number;
}

/** The picture: frames, cards and edges of the scene, and every gesture on them. */
export function Canvas({ largest = 1 }: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasFlow largest={largest} />
    </ReactFlowProvider>
  );
}

function CanvasFlow({ largest }: Required<CanvasProps>) {
  const t = useText();
  const root = useRef<HTMLDivElement>(null);
  const { nodes, onNodesChange, settle } = useCanvasNodes();
  const edges = useCanvasEdges();
  const farOut = useFarOut();
  const isCluster = useWorkspaceState(({ picture }) => picture === 'cluster');
  const detail = useStore(({ transform: [, , zoom] }): Detail =>
    zoom < FAR_BELOW ? 'far' : zoom < NEAR_FROM ? 'middle' : 'near',
  );
  const tapping = useStore(
    ({ connection, connectionClickStartHandle }) => connection.inProgress || connectionClickStartHandle !== null,
  );
  const edits = !looksOnly();
  const coarse = useMemo(() => matchMedia('(pointer: coarse)').matches, []);
  useViewport(root, largest);
  useReveal();
  useCanvasPlace(root);
  const far = useFarNodes(farOut, nodes, root);
  const shown = useMemo(() => (far ? [...far] : nodes), [far, nodes]);
  const gestures = useGestures(settle);
  const pans = useHands((state) => state.tool === 'hand') || coarse;
  const { screenToFlowPosition, setCenter, getZoom } = useReactFlow<CanvasNode, CanvasEdge>();
  const onPaneClick = useCallback(
    (event: React.MouseEvent) => {
      page.setState({ edge: undefined });
      if (!farOut || getZoom() > CLICK_GOES_NEAR) return;
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      void setCenter(x, y, { zoom: REVEAL_ZOOM, duration: 0 });
    },
    [farOut, screenToFlowPosition, setCenter, getZoom],
  );

  return (
    <section className="canvas-pane" aria-label={t('canvas:label')}>
      <CanvasTop hasContent={nodes.length > 0} />
      <div
        ref={root}
        className={`canvas detail-${detail}${tapping ? ' canvas-tapping' : ''}${pans ? ' canvas-hand' : ''}${farOut ? ' canvas-far' : ''}`}
      >
        <DetailContext value={detail}>
          <ReactFlow
            nodes={shown}
            edges={farOut ? NO_EDGES : edges}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            onNodesChange={onNodesChange}
            {...gestures}
            onPaneClick={onPaneClick}
            onlyRenderVisibleElements
            minZoom={ZOOM_RANGE.min}
            maxZoom={ZOOM_RANGE.max}
            panOnScroll={!coarse}
            zoomOnDoubleClick={false}
            nodesDraggable={edits}
            nodesConnectable={edits}
            selectionOnDrag={!pans}
            panOnDrag={pans ? true : MIDDLE_BUTTON}
            selectionMode={SelectionMode.Partial}
            multiSelectionKeyCode="Shift"
            selectionKeyCode={null}
            deleteKeyCode={null}
            connectionRadius={24}
            nodeDragThreshold={3}
            elevateNodesOnSelect={false}
            edgesReconnectable={false}
            proOptions={HIDE_ATTRIBUTION}
            ariaLabelConfig={useAriaWords()}
          />
          {farOut && <FarPicture edges={edges} />}
          {isCluster && <ClusterStyle />}
          <ConnectHint />
          <EdgeFocus />
          <CanvasOver root={root} hasContent={nodes.length > 0} />
        </DetailContext>
      </div>
    </section>
  );
}

// React Flow is MIT licensed; its name stands on the page's list of libraries.
const HIDE_ATTRIBUTION = { hideAttribution: true };

function useAriaWords() {
  const t = useText();
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('canvas:cardKeys'),
      'node.a11yDescription.keyboardDisabled': t('canvas:cardKeys'),
      'edge.a11yDescription.default': t('canvas:edgeKeys'),
    }),
    [t],
  );
}

/** Shows the popover of an edge that has the keyboard's focus. */
function EdgeFocus() {
  const { domNode } = useStoreApi().getState();
  useEffect(() => {
    const onFocus = (event: FocusEvent) => {
      const edge = (event.target as Element).closest?.('.react-flow__edge');
      if (!edge || !edge.matches(':focus-visible')) return;
      const box = edge.getBoundingClientRect();
      hover.setState({
        edge: edge.getAttribute('data-id') ?? undefined,
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
      });
    };
    const onBlur = () => hover.setState({ edge: undefined });
    domNode?.addEventListener('focusin', onFocus);
    domNode?.addEventListener('focusout', onBlur);
    return () => {
      domNode?.removeEventListener('focusin', onFocus);
      domNode?.removeEventListener('focusout', onBlur);
    };
  }, [domNode]);
  return null;
}

/** Brings a card into view when another pane asks for it. */
function useReveal() {
  const wanted = usePage((state) => state.reveal);
  const scene = useWorkspaceStateSoon(sceneOf);
  const { setCenter, getZoom } = useReactFlow();
  const done = useRef(0);
  useEffect(() => {
    if (!wanted || wanted.request === done.current) return;
    // A card that was just added is there when its scene arrives: the effect comes back then.
    const card = scene.cards.find(({ record }) => record === wanted.record);
    if (!card) return;
    done.current = wanted.request;
    const frame = scene.frames.find(({ id }) => id === card.frame);
    const x = (frame?.x ?? 0) + card.x + card.width / 2;
    const y = (frame?.y ?? 0) + card.y + card.height / 2;
    void setCenter(x, y, { zoom: Math.max(getZoom(), REVEAL_ZOOM), duration: travelMs(scene) });
  }, [wanted, scene, getZoom, setCenter]);
}

const REVEAL_ZOOM = 0.8;
