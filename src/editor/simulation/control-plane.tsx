import { Maximize2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { useStore } from 'zustand';
import type { Frame } from '../../workspace/simulation/frame.ts';
import { componentName } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { BoxContent } from './box-content.tsx';
import type { Box } from './control-plane-layout.ts';
import { hubOf, layoutControlPlane } from './control-plane-layout.ts';
import { guide } from './guide.ts';
import { FaultMenu } from './fault-menu.tsx';
import { layoutInside } from './inside-layout.ts';
import { InsideView } from './inside-view.tsx';
import { Envelope, Message, Way } from './messages.tsx';
import { pane, usePane } from './pane-state.ts';

interface ControlPlaneProps {
  readonly frame: Frame;
  readonly step: LogEntry | undefined;
  /** Milliseconds that a step is shown; undefined while nothing moves. */
  readonly dwellMs: number | undefined;
}

/** How much larger everything is in a hall: names of 13 pixels are 24 pixels high. */
const PROJECTOR_SCALE = 1.85;
/** The least that is told of in a hall, in pixels of the picture. */
const HALL = { width: 640, height: 312 };
/** What all of it needs, with the last row. */
const WHOLE_HEIGHT = 338;

/** How large a picture for a hall is drawn in so many pixels of the page: above a question all of it stays in sight. */
function hallScale(width: number, height: number, isAsked: boolean): number {
  if (!isAsked) return PROJECTOR_SCALE;
  return Math.max(1, Math.min(PROJECTOR_SCALE, width / HALL.width, height / WHOLE_HEIGHT));
}

/** The components of the cluster, and the message that passes between them now. */
export function ControlPlane({ frame, step, dwellMs }: ControlPlaneProps) {
  const t = useText();
  const area = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 960, height: 520 });
  const [menu, setMenu] = useState<{ readonly component: string; readonly anchor: Element } | undefined>();
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const projector = usePane((state) => state.projector);
  const spotlight = usePane((state) => state.spotlight);
  const isAsked = useStore(guide, (state) => state.guide?.asks?.() === true);
  const scale = projector ? hallScale(size.width, size.height, isAsked) : 1;
  const width = Math.max(HALL.width, size.width / scale);
  const height = Math.max(projector ? HALL.height : 340, size.height / scale);
  const chosen = usePane((state) => state.inside);
  const inside = chosen !== undefined && canOpen(chosen, frame) ? chosen : undefined;
  const opened = inside === undefined ? undefined : layoutInside(frame, inside, width, height);
  const layout = opened ?? layoutControlPlane(frame, width, height, projector);
  const [from, to] = [step && layout.boxOf(step.from, step.to), step && layout.boxOf(step.to, step.from)];
  const shownNodes = [...layout.boxes.values()].filter(({ role }) => role === 'node').length;
  const lit = new Set([from?.id, to?.id]);
  const down = new Set(frame.components.filter(({ isRunning }) => !isRunning).map(({ id }) => id));
  return (
    <div className="sim-canvas" ref={area}>
      <div className="sim-world" style={worldStyle(scale, width, opened?.height ?? height)}>
        <svg className="sim-ways" width={width} height={opened?.height ?? height} aria-hidden>
          {opened === undefined &&
            [...layout.boxes.values()].map((box) => {
              const hub = hubOf(frame, box);
              const to = layout.boxes.get(hub ?? '');
              return (
                to && (
                  <Way
                    key={box.id}
                    from={box}
                    to={to}
                    onPress={(anchor) => setMenu({ component: wayOf(box, to), anchor })}
                  />
                )
              );
            })}
          {step && from && to && from !== to && <Message from={from} to={to} step={step} />}
        </svg>
        {[...layout.boxes.values()].map((box) => (
          <button
            key={box.id}
            type="button"
            data-pick={box.id}
            className={`sim-box sim-box-${box.role}${box.height < 48 ? ' sim-box-small' : ''}${box.height < 28 ? ' sim-box-tiny' : ''}${box.width < 140 ? ' sim-box-narrow' : ''}${step && spotlight ? (lit.has(box.id) ? ' sim-lit' : ' sim-dim') : ''}${
              isDown(box, frame, down) ? ' sim-down' : ''
            }`}
            style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
            title={t('simulation:faultsHint')}
            onClick={(event) => setMenu({ component: box.id, anchor: event.currentTarget })}
            onContextMenu={(event) => {
              event.preventDefault();
              setMenu({ component: box.id, anchor: event.currentTarget });
            }}
          >
            <BoxContent box={box} frame={frame} shownNodes={shownNodes} step={step} t={t} />
          </button>
        ))}
        {opened === undefined &&
          [...layout.boxes.values()].map(
            (box) =>
              canOpen(box.id, frame) && (
                <button
                  key={box.id}
                  type="button"
                  className="sim-open"
                  style={{ left: box.x + box.width - 28, top: box.y + 4 }}
                  title={t('rehearsal:open', { name: nameOfBox(box) })}
                  aria-label={t('rehearsal:open', { name: nameOfBox(box) })}
                  onClick={() => pane.setState({ inside: box.id })}
                >
                  <Maximize2 size={13} aria-hidden />
                </button>
              ),
          )}
        {inside !== undefined && opened && <InsideView inside={inside} layout={opened} />}
        {step && from && to && <Envelope key={step.seq} from={from} to={to} step={step} dwellMs={dwellMs} />}
      </div>
      {menu && <FaultMenu component={menu.component} anchor={menu.anchor} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

function worldStyle(scale: number, width: number, height: number): CSSProperties & { readonly '--hall-zoom': number } {
  return { width, height, '--hall-zoom': scale };
}

/** Whether there is something to look into. */
function canOpen(id: string, { nodes, controllers }: Frame): boolean {
  if (controllers.some(({ process }) => process === id)) return true;
  return nodes.some(({ name }) => id === `node/${name}`);
}

function nameOfBox({ id }: Box): string {
  return id.startsWith('node/') ? id.slice('node/'.length) : componentName(id);
}

function isDown(box: Box, frame: Frame, down: ReadonlySet<string>): boolean {
  if (box.role === 'controllers')
    return frame.components.some(({ process, isRunning }) => process === box.id && !isRunning);
  if (box.role === 'node') return down.has(`kubelet/${box.id.slice('node/'.length)}`);
  if (box.role === 'part') return isPartDown(box.id, frame);
  return down.has(box.id);
}

/** What faults call the way from a box to the API server, or to what stands before several. */
function wayOf({ id, role }: Box, to: Box): string {
  const name = role === 'node' ? id.slice('node/'.length) : id;
  return `edge/${name}/${to.id}`;
}

/** A part that is not there, as a CSI driver may be, is not down. */
function isPartDown(id: string, { components }: Frame): boolean {
  return components.some((component) => component.id === id && !component.isRunning);
}
