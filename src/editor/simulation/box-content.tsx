import {
  CalendarClock,
  Crown,
  Database,
  Network,
  RefreshCw,
  Server,
  SlidersHorizontal,
  Split,
  User,
} from 'lucide-react';
import { memo } from 'react';
import type { Frame, FrameNode } from '../../workspace/simulation/frame.ts';
import { componentName, nodeOf } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import type { Text } from '../i18n.ts';
import type { Box } from './control-plane-layout.ts';
import { ControllerTile } from './inside-view.tsx';
import { PodCells } from './pod-cells.tsx';

const ICONS = {
  person: User,
  balancer: Split,
  apiserver: SlidersHorizontal,
  etcd: Database,
  scheduler: CalendarClock,
  controllers: RefreshCw,
  node: Server,
  more: Server,
  controller: RefreshCw,
  part: Network,
} as const;

/** What stands in the box of a component or a Node. */
export function BoxContent({
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
  if (box.role === 'controller') return <ControllerTile id={box.id} frame={frame} />;
  if (box.role === 'part') return <PartContent id={box.id} frame={frame} t={t} />;
  if (box.role === 'node') {
    const node = frame.nodes.find(({ name }) => `node/${name}` === box.id);
    if (node === undefined) return null;
    const parts = step ? [step.from, step.to].filter((id) => nodeOf(id) === node.name) : [];
    return (
      <NodeContent
        node={node}
        width={box.width}
        height={box.height}
        lit={parts.map((id) => id.slice(0, id.indexOf('/'))).join(' ')}
        t={t}
      />
    );
  }
  return (
    <ComponentContent
      role={box.role}
      name={box.role === 'more' ? '…' : nameOf(frame, box.id)}
      fact={box.width >= LEAST_FOR_FACTS ? factOf(box, frame, shownNodes, step, t) : ''}
      leads={isLeader(frame, box.id)}
      waiting={box.role === 'scheduler' ? frame.unplaced : NONE}
      t={t}
    />
  );
}

const NONE: Frame['unplaced'] = [];

/** Drawn anew where something of it has changed: most of a step concerns two components. */
const ComponentContent = memo(function ComponentContent({
  role,
  name,
  fact,
  leads,
  waiting,
  t,
}: {
  readonly role: keyof typeof ICONS;
  readonly name: string;
  readonly fact: string;
  readonly leads: boolean;
  /** Pods that wait for a Node. */
  readonly waiting: Frame['unplaced'];
  readonly t: Text;
}) {
  const Icon = ICONS[role];
  return (
    <>
      <span className="sim-icon" aria-hidden>
        <Icon size={16} />
      </span>
      <span className="sim-words">
        <b>
          {leads && (
            <span className="sim-crown" title={t('rehearsal:leads')}>
              <Crown size={13} aria-hidden />
              <span className="visually-hidden">{t('rehearsal:leads')}</span>
            </span>
          )}
          {name}
        </b>
        {fact !== '' && <small>{fact}</small>}
        {waiting.length > 0 && <PodCells pods={waiting} most={8} />}
      </span>
    </>
  );
});

/** What is said of a component under its name. */
function factOf(box: Box, frame: Frame, shownNodes: number, step: LogEntry | undefined, t: Text): string {
  switch (box.role) {
    case 'person':
      return t('simulation:you');
    case 'balancer':
      return t('rehearsal:balancer');
    case 'apiserver':
      return t('simulation:gates');
    case 'etcd':
      return t('simulation:revision', { revision: frame.revision });
    case 'scheduler':
      return t('simulation:waiting', { count: frame.unplaced.length });
    case 'controllers': {
      const own = frame.controllers.filter(({ process }) => process === box.id);
      const acting = step && own.find(({ id }) => id === step.from || id === step.to);
      return acting === undefined ? t('simulation:controllers', { count: own.length }) : componentName(acting.id);
    }
    case 'more':
      return t('simulation:moreNodes', { count: frame.nodes.length - shownNodes });
    default:
      return '';
  }
}

/** Pixels below which a box has its name alone. */
const LEAST_FOR_FACTS = 130;

/** Of several of one kind each is told with its number: `scheduler 1`. */
function nameOf({ components }: Frame, id: string): string {
  const name = componentName(id);
  const [, number] = /^kube-.*-(\d+)$/.exec(id) ?? [];
  const own = components.find((one) => one.id === id);
  const isOneOfSeveral = components.some((one) => one.kind === own?.kind && one.id !== id);
  // All of a name has to be read where several stand below each other.
  return number !== undefined && isOneOfSeveral
    ? `${name.replace('controller manager', 'controllers')} ${number}`
    : name;
}

/** Whether a component leads others of its kind, who stand by. */
function isLeader({ components }: Frame, id: string): boolean {
  const own = components.filter((one) => one.id === id || one.process === id);
  const [first] = own;
  if (first === undefined || !own.some((one) => one.isLeader === true)) return false;
  return components.some((one) => one.kind === first.kind && one.process !== first.process);
}

/** A process of a Node; a Node without a CSI driver says so. */
function PartContent({ id, frame, t }: { readonly id: string; readonly frame: Frame; readonly t: Text }) {
  const [part = ''] = id.split('/');
  const found = frame.components.find((one) => one.id === id);
  const words: Readonly<Record<string, string>> = {
    containerd: t('rehearsal:runtime'),
    csi: found === undefined ? t('rehearsal:noCsi') : t('rehearsal:csi'),
    linux: t('rehearsal:kernel'),
  };
  return (
    <span className="sim-tile">
      <b>{part}</b>
      <small title={words[part] ?? ''}>{words[part] ?? ''}</small>
    </span>
  );
}

/** Drawn anew where something of it has changed: of many Nodes one step concerns one. */
const NodeContent = memo(function NodeContent({
  node,
  width,
  height,
  lit,
  t,
}: {
  readonly node: FrameNode;
  /** Of its box, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Its parts that take part in the step, with blanks between: `kubelet containerd`. */
  readonly lit: string;
  readonly t: Text;
}) {
  const inside = lit.split(' ');
  const room = Math.max(1, Math.floor((width - 24) / 22)) * Math.max(1, Math.floor((height - 76) / 22));
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
        {['kubelet', 'containerd', inside.includes('csi') ? 'csi' : 'cni', 'kube-proxy'].map((part) => (
          <i key={part} data-pick={`${part}/${node.name}`} className={inside.includes(part) ? 'sim-part-lit' : ''}>
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
});
