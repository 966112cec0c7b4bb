import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import type { Node, NodeProps, NodeTypes, Viewport } from '@xyflow/react';
import { useMemo } from 'react';
import type { ObjectDifference } from '../../../interchange/compare/comparison.ts';
import type { ComparedSide, ShownDifference } from '../../../workspace/compare/designs.ts';
import { sceneBounds } from '../viewport.ts';
import { cardBoxes } from '../geometry.ts';

export type Change = ObjectDifference['change'];

interface ComparePaneProps {
  readonly label: string;
  readonly side: ComparedSide;
  /** Address of the picture of the side. */
  readonly picture: string;
  readonly differences: readonly ShownDifference[];
  /** What a mark says beside its shape, and to who cannot see it. */
  readonly words: (difference: ShownDifference) => { readonly letter: string; readonly name: string };
  /** Which name the object has on this side. */
  readonly nameOf: (difference: ShownDifference) => string | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly viewport: Viewport;
  readonly onViewportChange: (viewport: Viewport) => void;
}

type Sheet = Node<{ readonly source: string }, 'sheet'>;
type Mark = Node<
  {
    readonly change: Change;
    readonly letter: string;
    readonly name: string;
    readonly isChosen: boolean;
    readonly choose: () => void;
  },
  'mark'
>;

const NODE_TYPES: NodeTypes = { sheet: SheetView, mark: MarkView };
/** As the picture has it around its frames. */
const MARGIN = 32;
const HIDE_ATTRIBUTION = { hideAttribution: true };

/** One of two designs as a picture, with a mark at everything that the other has not, or has otherwise. */
export function ComparePane(props: ComparePaneProps) {
  const { label, side, differences, words, nameOf, chosen, onChoose, picture, viewport, onViewportChange } = props;
  const sheet = useMemo((): readonly Sheet[] => {
    const box = sceneBounds(side.scene);
    const position = { x: (box?.x ?? 0) - MARGIN, y: (box?.y ?? 0) - MARGIN };
    return [{ id: 'sheet', type: 'sheet', position, data: { source: picture }, selectable: false, focusable: false }];
  }, [side, picture]);
  const nodes = useMemo(() => {
    const boxes = cardBoxes(side.scene);
    const marks = differences.flatMap((difference): Mark[] => {
      const box = boxes.get(side.cards.get(nameOf(difference) ?? '') ?? '');
      if (!box) return [];
      const { id, change } = difference;
      const data = { ...words(difference), change, isChosen: id === chosen, choose: () => onChoose(id) };
      const { x, y, width, height } = box;
      return [{ id, type: 'mark', position: { x, y }, width, height, data, focusable: false }];
    });
    return [...sheet, ...marks];
  }, [sheet, side, differences, words, nameOf, chosen, onChoose]);
  return (
    <section className="compare-pane" aria-label={label}>
      <h3 className="compare-side">{label}</h3>
      <ReactFlowProvider>
        <ReactFlow
          nodes={nodes}
          nodeTypes={NODE_TYPES}
          viewport={viewport}
          onViewportChange={onViewportChange}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          nodesFocusable={false}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.02}
          maxZoom={2}
          proOptions={HIDE_ATTRIBUTION}
        />
      </ReactFlowProvider>
    </section>
  );
}

function SheetView({ data }: NodeProps<Sheet>) {
  return <img className="compare-sheet" src={data.source} alt="" draggable={false} />;
}

function MarkView({ data: { change, letter, name, isChosen, choose } }: NodeProps<Mark>) {
  return (
    <button
      type="button"
      className={`compare-mark compare-${change}${isChosen ? ' compare-chosen' : ''} nodrag nopan`}
      aria-label={name}
      aria-pressed={isChosen}
      onClick={choose}
    >
      <span className={`compare-badge compare-badge-${change}`}>
        <span>{letter}</span>
      </span>
    </button>
  );
}
