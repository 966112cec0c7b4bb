import type { RefObject } from 'react';
import { usePrintedPicture } from '../files/print-picture.ts';
import { BackToContent } from './back-to-content.tsx';
import { CanvasControls } from './canvas-controls.tsx';
import { useCanvasKeys } from './canvas-keys.ts';
import { EdgePopover } from './edge-popover.tsx';
import { ContextMenu } from './hands/context-menu.tsx';
import { Guides } from './hands/guides.tsx';
import { useClipboard } from './hands/use-clipboard.ts';
import { useHandKeys } from './hands/use-hand.ts';
import { Minimap } from './minimap.tsx';

interface CanvasOverProps {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly hasContent: boolean;
}

/** What lies over the picture and is no part of it: keys, menus, guides, the way back, the overview, buttons of the camera. */
export default function CanvasOver({ root, hasContent }: CanvasOverProps) {
  useHandKeys(root);
  useCanvasKeys(root);
  useClipboard();
  usePrintedPicture();
  return (
    <>
      <Guides />
      <ContextMenu />
      <BackToContent />
      <EdgePopover root={root} />
      {hasContent && <Minimap />}
      {hasContent && <CanvasControls />}
    </>
  );
}
