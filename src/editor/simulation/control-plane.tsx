import { CalendarClock, Database, RefreshCw, Server, SlidersHorizontal, User } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Frame, FrameNode } from '../../workspace/simulation/frame.ts';
import { componentName, nodeOf } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import type { Box } from './control-plane-layout.ts';
import { edgePoint, layoutControlPlane } from './control-plane-layout.ts';
import { FaultMenu } from './fault-menu.tsx';
import { PodCells } from './pod-cells.tsx';

interface ControlPlaneProps {
  readonly frame: Frame;
  readonly step: LogEntry | undefined;
  /** Milliseconds that a step is shown; undefined while nothing moves. */
  readonly dwellMs: number | undefined;
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
  const width = Math.max(640, size.width);
  const height = Math.max(340, size.height);
  const layout = layoutControlPlane(frame, width, height);
  const [from, to] = [step && layout.boxOf(step.from), step && layout.boxOf(step.to)];
  const shownNodes = [...layout.boxes.values()].filter(({ role }) => role === 'node').length;
  const lit = new Set([from?.id, to?.id]);
  const server = layout.boxes.get('kube-apiserver-0');
  const down = new Set(frame.components.filter(({ isRunning }) => !isRunning).map(({ id }) => id));
  return (
    <div className="sim-canvas" ref={area}>
      <div className="sim-world" style={{ width, height }}>
        <svg className="sim-ways" width={width} height={height} aria-hidden>
          {server &&
            [...layout.boxes.values()].map((box) => box !== server && <Way key={box.id} from={box} to={server} />)}
          {step && from && to && from !== to && <Message from={from} to={to} step={step} />}
        </svg>
        {[...layout.boxes.values()].map((box) => (
          <button
            key={box.id}
            type="button"
            className={`sim-box sim-box-${box.role}${step ? (lit.has(box.id) ? ' sim-lit' : ' sim-dim') : ''}${
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
        {step && from && to && <Envelope key={step.seq} from={from} to={to} step={step} dwellMs={dwellMs} />}
      </div>
      {menu && <FaultMenu component={menu.component} anchor={menu.anchor} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

function isDown(box: Box, frame: Frame, down: ReadonlySet<string>): boolean {
  if (box.role === 'controllers')
    return frame.components.some(({ process, isRunning }) => process === box.id && !isRunning);
  if (box.role === 'node') return down.has(`kubelet/${box.id.slice('node/'.length)}`);
  return down.has(box.id);
}

function Way({ from, to }: { readonly from: Box; readonly to: Box }) {
  const [a, b] = [edgePoint(from, to), edgePoint(to, from)];
  return <line className="sim-way" x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
}

/** The way of the message: a filled head where the data goes, a thin one from who opened the connection. */
function Message({ from, to, step }: { readonly from: Box; readonly to: Box; readonly step: LogEntry }) {
  const [a, b] = [edgePoint(from, to), edgePoint(to, from)];
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  const isOpenedByReceiver = step.opener === step.to || step.class === 'response';
  return (
    <g className={`sim-message sim-class-${step.class}${step.lostBecause === undefined ? '' : ' sim-lost'}`}>
      <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
      <path d="M 0 0 L -14 -6 L -14 6 Z" transform={`translate(${b.x} ${b.y}) rotate(${angle})`} />
      {isOpenedByReceiver && (
        <path
          className="sim-thin-head"
          d="M 10 -6 L 0 0 L 10 6"
          transform={`translate(${a.x} ${a.y}) rotate(${angle})`}
        />
      )}
    </g>
  );
}

/** What is sent, on its way from sender to receiver; in the middle of it while nothing moves. */
function Envelope({
  from,
  to,
  step,
  dwellMs,
}: {
  readonly from: Box;
  readonly to: Box;
  readonly step: LogEntry;
  readonly dwellMs: number | undefined;
}) {
  const [a, b] =
    from === to
      ? [
          { x: from.x + from.width / 2, y: from.y - 2 },
          { x: from.x + from.width / 2, y: from.y - 2 },
        ]
      : [edgePoint(from, to), edgePoint(to, from)];
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const kind = step.object?.split('/')[0];
  const isMoving = dwellMs !== undefined && dwellMs >= 200 && from !== to;
  return (
    <span
      className={`sim-envelope sim-class-${step.class}${isMoving ? ' sim-moving' : ''}`}
      style={{
        left: x,
        top: y,
        ...(isMoving && {
          animationDuration: `${Math.min(900, dwellMs * 0.8)}ms`,
          '--from-x': `${a.x - x}px`,
          '--from-y': `${a.y - y}px`,
          '--to-x': `${b.x - x}px`,
          '--to-y': `${b.y - y}px`,
        }),
      }}
    >
      {step.verb}
      {kind !== undefined && kind !== '' && ` ${kind}`}
      {step.fact !== undefined &&
        step.class === 'request' &&
        !step.fact.startsWith('/') &&
        step.fact !== 'binding' &&
        `/${step.fact}`}
    </span>
  );
}

const ICONS = {
  person: User,
  apiserver: SlidersHorizontal,
  etcd: Database,
  scheduler: CalendarClock,
  controllers: RefreshCw,
  node: Server,
  more: Server,
} as const;

function BoxContent({
  box,
  frame,
  shownNodes,
  step,
  t,
}: {
  readonly box: Box;
  readonly frame: Frame;
  /** Nodes that have a box of their own. */
  readonly shownNodes: number;
  readonly step: LogEntry | undefined;
  readonly t: Text;
}) {
  if (box.role === 'node') {
    const node = frame.nodes.find(({ name }) => `node/${name}` === box.id);
    return node ? <NodeContent node={node} box={box} step={step} t={t} /> : null;
  }
  const Icon = ICONS[box.role];
  const acting = step && [step.from, step.to].find((id) => id.endsWith('-controller'));
  const facts: Readonly<Record<Box['role'], string>> = {
    person: t('simulation:you'),
    apiserver: t('simulation:gates'),
    etcd: t('simulation:revision', { revision: frame.revision }),
    scheduler: t('simulation:waiting', { count: frame.unplaced.length }),
    controllers:
      box.role === 'controllers' && acting !== undefined
        ? componentName(acting)
        : t('simulation:controllers', {
            count: frame.components.filter(({ id, process }) => process === 'kube-controller-manager' && id !== process)
              .length,
          }),
    node: '',
    more: t('simulation:moreNodes', { count: frame.nodes.length - shownNodes }),
  };
  return (
    <>
      <span className="sim-icon" aria-hidden>
        <Icon size={16} />
      </span>
      <span className="sim-words">
        <b>{box.role === 'more' ? '…' : componentName(box.id)}</b>
        <small>{facts[box.role]}</small>
        {box.role === 'scheduler' && frame.unplaced.length > 0 && <PodCells pods={frame.unplaced} most={8} />}
      </span>
    </>
  );
}

function NodeContent({
  node,
  box,
  step,
  t,
}: {
  readonly node: FrameNode;
  readonly box: Box;
  readonly step: LogEntry | undefined;
  readonly t: Text;
}) {
  const inside = step && [step.from, step.to].filter((id) => nodeOf(id) === node.name).map((id) => id.split('/')[0]!);
  const room = Math.max(1, Math.floor((box.width - 24) / 22)) * Math.max(1, Math.floor((box.height - 76) / 22));
  return (
    <span className="sim-node">
      <span className="sim-node-head">
        <b>{node.name}</b>
        <small>
          {node.ready !== 'True'
            ? t('simulation:notReady', { status: node.ready })
            : node.isCordoned
              ? t('simulation:cordoned')
              : node.isControlPlane
                ? t('simulation:controlPlane')
                : ''}
        </small>
      </span>
      <span className="sim-parts">
        {['kubelet', 'containerd', 'cni', 'kube-proxy'].map((part) => (
          <i key={part} className={inside?.includes(part) ? 'sim-part-lit' : ''}>
            {part}
          </i>
        ))}
      </span>
      <PodCells pods={node.pods} most={Math.min(60, room)} />
      <span className="sim-share">
        CPU {(node.cpu.used / 1000).toFixed(1)} / {(node.cpu.total / 1000).toFixed(0)} · {t('simulation:memory')}{' '}
        {(node.memory.used / 2 ** 30).toFixed(1)} / {(node.memory.total / 2 ** 30).toFixed(0)} Gi
      </span>
    </span>
  );
}
