import { ReactFlow, useNodesState } from '@xyflow/react';
import type { Edge, Node } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { createRoot } from 'react-dom/client';

/** As many plain nodes and lines as the address asks for, on React Flow as it comes: what the editor is measured against. */
const count = Number(new URLSearchParams(location.search).get('cards') ?? 100);
const columns = Math.ceil(Math.sqrt(count));

const NODES: Node[] = Array.from({ length: count }, (_, index) => ({
  id: String(index),
  position: { x: (index % columns) * 256, y: Math.floor(index / columns) * 104 },
  data: { label: `node ${index}` },
}));
const EDGES: Edge[] = Array.from({ length: count - 1 }, (_, index) => ({
  id: `e${index}`,
  source: String(index),
  target: String(index + 1),
}));

function Bare() {
  const [nodes, , onNodesChange] = useNodesState(NODES);
  return (
    <>
      <div style={{ width: '100vw', height: 'calc(100vh - 40px)' }}>
        <ReactFlow
          nodes={nodes}
          edges={EDGES}
          onNodesChange={onNodesChange}
          onlyRenderVisibleElements
          panOnScroll
          minZoom={0.01}
          maxZoom={2.5}
        />
      </div>
      <textarea aria-label="text" />
    </>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Bare />);
