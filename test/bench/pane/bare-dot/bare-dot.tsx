import { ReactFlow, useNodesState } from '@xyflow/react';
import type { Node } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * As many plain nodes as the address asks for on React Flow as it comes, and one dot that goes from one to the next as
 * often in a second as it asks for: what the pane is measured against while it plays.
 */
const query = new URLSearchParams(location.search);
const count = Number(query.get('nodes') ?? 70);
const stepMs = 1000 / Number(query.get('speed') ?? 16);
const columns = Math.ceil(Math.sqrt(count));

const placeOf = (index: number) => ({ x: (index % columns) * 256, y: Math.floor(index / columns) * 104 });
const DOT = 'dot';
const NODES: Node[] = [
  ...Array.from({ length: count }, (_, index) => ({
    id: String(index),
    position: placeOf(index),
    data: { label: `node ${index}` },
  })),
  { id: DOT, position: placeOf(0), data: { label: '●' }, style: { width: 24, height: 24 } },
];

function Bare() {
  const [nodes, setNodes, onNodesChange] = useNodesState(NODES);
  useEffect(() => {
    let step = 0;
    const timer = setInterval(() => {
      step++;
      const position = placeOf((step * 7) % count);
      setNodes((all) => all.map((node) => (node.id === DOT ? { ...node, position } : node)));
    }, stepMs);
    return () => clearInterval(timer);
  }, [setNodes]);
  return (
    <div style={{ width: '100vw', height: '100vh' }}>
      <ReactFlow nodes={nodes} onNodesChange={onNodesChange} fitView minZoom={0.01} />
    </div>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Bare />);
