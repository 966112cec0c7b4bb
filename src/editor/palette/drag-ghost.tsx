import { useStore } from 'zustand';
import { visibleText } from '../../kit/visible-text.ts';
import { canvasPlace } from '../canvas-place.ts';
import { useText } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { useWorkspace } from '../workspace-context.ts';
import { dropPlace } from './add-item.ts';
import { drag, isOver } from './palette-drag.ts';
import type { Drag } from './palette-drag.ts';

/** What is carried from the palette, under the pointer, and the frame that would take it in. */
export function DragGhost() {
  const now = useStore(drag, (state) => state.now);
  return now ? <Carried {...now} /> : null;
}

function Carried({ item, client }: Drag) {
  const t = useText();
  const workspace = useWorkspace();
  const canvas = canvasPlace.current;
  const over = canvas && isOver(canvas.bounds(), client) ? canvas : undefined;
  const place = over && dropPlace(workspace, item, over.toScene(client));
  const scale = over ? Math.min(1, Math.max(0.5, over.zoom())) : 1;
  const frame = place?.frame && over ? place.frame : undefined;
  const corner = frame && over ? over.toClient(frame) : undefined;
  return (
    <div className="drag-layer" aria-hidden>
      {frame && over && corner && (
        <div
          className="drag-frame"
          style={{
            transform: `translate(${corner.x}px, ${corner.y}px)`,
            width: frame.width * over.zoom(),
            height: frame.height * over.zoom(),
          }}
        />
      )}
      <div
        className={over ? 'drag-ghost drag-ghost-over' : 'drag-ghost'}
        style={{ transform: `translate(${client.x}px, ${client.y}px) scale(${scale}) translate(-50%, -50%)` }}
      >
        <KindIcon kind={item.icon.kind} category={item.icon.category} size="large" />
        <div className="drag-words">
          <b>{item.title}</b>
          {place && (
            <span>
              {place.namespace === ''
                ? t('palette:intoCluster')
                : t('palette:into', { namespace: visibleText(place.namespace) })}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}
