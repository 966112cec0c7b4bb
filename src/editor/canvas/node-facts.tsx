import type { Fill, NodeFacts } from '../../scene/cluster/cluster-plan.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { cpuText, memoryText } from './amounts.ts';

/** Roles, zone and taints of a Node, and whether what would run there fits: requests against allocatable. */
export function NodeFactsView({ facts }: { readonly facts: NodeFacts }) {
  const t = useText();
  const { zone, taints, isCordoned, room } = facts;
  return (
    <div className="node-facts">
      <div className="node-chips">
        {zone !== '' && <span className="node-chip">{visibleText(zone)}</span>}
        {isCordoned && <span className="node-chip node-chip-warn">{t('canvas:cordoned')}</span>}
        {taints.map((taint) => (
          <span
            key={taint}
            className="node-chip node-chip-warn"
            title={t('canvas:taint', { taint: visibleText(taint) })}
          >
            {visibleText(shortTaint(taint))}
          </span>
        ))}
      </div>
      <Bar label="CPU" fill={room.cpuMilli} text={cpuText} />
      <Bar label={t('canvas:memory')} fill={room.memoryBytes} text={memoryText} />
      <Bar label="Pods" fill={room.pods} text={String} />
    </div>
  );
}

/** Keys of Kubernetes itself without their domain: the whole taint is in the tooltip. */
function shortTaint(taint: string): string {
  return taint.replace(/^node(?:-role)?\.kubernetes\.io\//, '');
}

const NEARLY_FULL = 0.8;

interface BarProps {
  readonly label: string;
  readonly fill: Fill;
  readonly text: (amount: number) => string;
}

/** How much is asked for of how much there is; said in figures beside the bar, so that colour is not alone. */
function Bar({ label, fill: { requested, allocatable }, text }: BarProps) {
  const share = allocatable > 0 ? requested / allocatable : requested > 0 ? 1 : 0;
  const tone = share > 1 ? ' bar-over' : share >= NEARLY_FULL ? ' bar-full' : '';
  return (
    <div className={`fit-bar${tone}`}>
      <span className="fit-label">{label}</span>
      <span className="fit-track">
        <i style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className="fit-figures">
        {text(requested)} / {text(allocatable)}
      </span>
    </div>
  );
}
