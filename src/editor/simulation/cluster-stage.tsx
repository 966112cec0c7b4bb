import { CheckCircle2, CircleSlash, HelpCircle, Server, TriangleAlert } from 'lucide-react';
import { memo, useRef } from 'react';
import type { Frame, FrameNode, FramePod } from '../../workspace/simulation/frame.ts';
import { cpuText, memoryText } from '../canvas/amounts.ts';
import { useText } from '../i18n.ts';
import { ClusterDots, DotKey } from './cluster-dots.tsx';
import { pane } from './pane-state.ts';
import { PodCells, PodGroup, PodKey } from './pod-cells.tsx';
import { usePodMoves } from './use-pod-moves.ts';
import { groupBy } from '../../base/group-by.ts';

/** More Pods or Nodes than this are drawn on one canvas element. */
const MOST_ELEMENTS = 600;
const MOST_NODES = 40;

/** The Nodes of the cluster that runs, each with its Pods; those without a Node wait above. */
export function ClusterStage({ frame }: { readonly frame: Frame }) {
  const t = useText();
  const count = frame.nodes.reduce((sum, { pods }) => sum + pods.length, frame.unplaced.length);
  const isDense = count > MOST_ELEMENTS || frame.nodes.length > MOST_NODES;
  return (
    <div className="sim-cluster">
      <section className="sim-tray" aria-label={t('rehearsal:unplaced')}>
        <b>{t('rehearsal:unplaced')}</b>
        {frame.unplaced.length === 0 ? (
          <span className="quiet">{t('rehearsal:noneUnplaced')}</span>
        ) : (
          <PodCells pods={frame.unplaced} most={40} />
        )}
      </section>
      {isDense ? <ClusterDots frame={frame} /> : <NodeCards frame={frame} />}
      {isDense ? <DotKey /> : <PodKey />}
    </div>
  );
}

function NodeCards({ frame }: { readonly frame: Frame }) {
  const t = useText();
  const area = useRef<HTMLDivElement>(null);
  usePodMoves(area, frame);
  const zones = groupBy(frame.nodes, ({ zone }) => zone);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <section className="sim-nodes" ref={area} tabIndex={0} aria-label={t('rehearsal:clusterPicture')}>
      {[...zones].map(([zone, nodes]) => (
        <section key={zone} className={zone === '' ? 'sim-no-zone' : 'sim-zone'}>
          {zone !== '' && <h2>{t('rehearsal:zone', { zone })}</h2>}
          <div className="sim-node-grid">
            {nodes.map((node) => (
              <NodeCard key={node.name} node={node} />
            ))}
          </div>
        </section>
      ))}
    </section>
  );
}

const NodeCard = memo(function NodeCard({ node }: { readonly node: FrameNode }) {
  const t = useText();
  const groups = groupBy(node.pods, ownerOf);
  return (
    <article data-pick={`node/${node.name}`} className={`sim-node-card${node.ready === 'True' ? '' : ' sim-node-bad'}`}>
      <header>
        <Server size={15} aria-hidden />
        <button
          type="button"
          className="sim-node-name"
          title={t('rehearsal:open', { name: node.name })}
          onClick={() => pane.setState({ stage: 'controlPlane', inside: `node/${node.name}` })}
        >
          {node.name}
        </button>
        <NodeState node={node} />
      </header>
      {(node.taints.length > 0 || node.isCordoned) && (
        <p className="sim-taints">
          {node.isCordoned && <span className="node-chip node-chip-warn">{t('simulation:cordoned')}</span>}
          {node.taints.map((taint) => (
            <span key={taint} className="node-chip node-chip-warn" title={taint}>
              {taint.replace(/^node(?:-role)?\.kubernetes\.io\//, '')}
            </span>
          ))}
        </p>
      )}
      <Fill label="CPU" used={node.cpu.used} total={node.cpu.total} text={cpuText} />
      <Fill label={t('simulation:memory')} used={node.memory.used} total={node.memory.total} text={memoryText} />
      <ul className="sim-pod-groups">
        {[...groups].map(([owner, pods]) => (
          <li key={owner}>
            <span className="sim-owner" title={owner}>
              {owner.split('/').at(-1)}
            </span>
            <PodGroup pods={pods} />
          </li>
        ))}
        {node.pods.length === 0 && <li className="quiet">{t('rehearsal:noPods')}</li>}
      </ul>
    </article>
  );
});

function ownerOf({ workload, namespace, name }: FramePod): string {
  return workload ?? `Pod/${namespace}/${name}`;
}

function NodeState({ node }: { readonly node: FrameNode }) {
  const t = useText();
  const Icon = node.ready === 'True' ? CheckCircle2 : node.ready === 'False' ? CircleSlash : HelpCircle;
  return (
    <span className={`sim-node-state ${node.ready === 'True' ? 'tone-good' : 'tone-bad'}`}>
      <Icon size={13} aria-hidden />
      {t('rehearsal:nodeReady', { status: node.ready })}
    </span>
  );
}

/** What is asked for of what can be given, said in figures beside the bar. */
function Fill({
  label,
  used,
  total,
  text,
}: {
  readonly label: string;
  readonly used: number;
  readonly total: number;
  readonly text: (amount: number) => string;
}) {
  const share = total > 0 ? Math.min(1, used / total) : 0;
  return (
    <div className="sim-fill">
      <span>{label}</span>
      <span className="sim-fill-track">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <span>
        {share >= 1 && <TriangleAlert size={11} aria-hidden />}
        {text(used)} / {text(total)}
      </span>
    </div>
  );
}
