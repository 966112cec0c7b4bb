import { AssumedNodesBar } from './assumed-nodes-bar.tsx';
import { CanvasBar } from './canvas-bar.tsx';

/** The bars above the picture. */
export default function CanvasTop({ hasContent }: { readonly hasContent: boolean }) {
  return (
    <>
      {hasContent && <CanvasBar />}
      <AssumedNodesBar />
    </>
  );
}
