import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { canvasPlace } from '../canvas-place.ts';

/** Tells other panes where points of the screen lie in the picture. */
export function useCanvasPlace(root: RefObject<HTMLElement | null>): void {
  const { screenToFlowPosition, flowToScreenPosition, getZoom } = useReactFlow();
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    canvasPlace.current = {
      bounds: () => element.getBoundingClientRect(),
      toScene: (client) => screenToFlowPosition(client),
      toClient: (scene) => flowToScreenPosition(scene),
      zoom: getZoom,
    };
    return () => {
      canvasPlace.current = undefined;
    };
  }, [root, screenToFlowPosition, flowToScreenPosition, getZoom]);
}
