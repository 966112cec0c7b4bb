import { useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus, WandSparkles } from 'lucide-react';
import { Button, IconButton } from '../../kit/button.tsx';
import { modified } from '../hotkeys.ts';
import { useText } from '../i18n.ts';
import { useWorkspace } from '../workspace-context.ts';
import { motionMs, useFitAll } from './viewport.ts';

/** Zoom, fit and tidy, in the corner of the canvas. */
export function CanvasControls() {
  const t = useText();
  const workspace = useWorkspace();
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  const fit = useFitAll();
  return (
    <div className="canvas-controls" role="toolbar" aria-label={t('canvas:viewTools')}>
      <div className="control-group">
        <IconButton
          small
          label={t('canvas:zoomOut')}
          hotkey={modified('-')}
          icon={<Minus size={14} />}
          onPress={() => void zoomOut({ duration: motionMs() })}
        />
        <Button small look="quiet" className="zoom-value" onPress={() => void zoomTo(1, { duration: motionMs() })}>
          <span aria-hidden>{percent} %</span>
          <span className="visually-hidden">{t('canvas:zoomReset', { percent })}</span>
        </Button>
        <IconButton
          small
          label={t('canvas:zoomIn')}
          hotkey={modified('+')}
          icon={<Plus size={14} />}
          onPress={() => void zoomIn({ duration: motionMs() })}
        />
      </div>
      <div className="control-group">
        <IconButton small label={t('canvas:fit')} hotkey="Shift+1" icon={<Maximize size={14} />} onPress={fit} />
        <IconButton small label={t('canvas:tidy')} icon={<WandSparkles size={14} />} onPress={() => workspace.tidy()} />
      </div>
    </div>
  );
}
