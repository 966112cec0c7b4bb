import { useStore } from '@xyflow/react';
import { Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { overlaps } from './geometry.ts';
import { useShownScene } from './view/view-store.ts';
import { sceneBounds, useFitAll } from './viewport.ts';

/** The way back when nothing of the picture is in sight. */
export function BackToContent() {
  const t = useText();
  const scene = useShownScene();
  const box = useMemo(() => sceneBounds(scene), [scene]);
  const fit = useFitAll();
  const isLost = useStore(({ transform: [x, y, zoom], width, height }) => {
    const view = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    return box !== undefined && width > 0 && !overlaps(box, view);
  });
  if (!isLost) return null;
  return (
    <div className="back-to-content">
      <Button look="primary" onPress={fit}>
        <Undo2 size={14} aria-hidden /> {t('canvas:backToContent')}
      </Button>
    </div>
  );
}
