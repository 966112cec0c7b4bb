import type { BranchState } from '../../../workspace/simulation/simulation.ts';
import type { Text } from '../../i18n.ts';

/** What somebody called it, or what it began with. */
export function branchName(t: Text, { title, act }: BranchState, at: number): string {
  if (title !== undefined) return title;
  if (at === 0) return t('simulation:mainBranch');
  return `${at}: ${beginning(t, act)}`;
}

function beginning(t: Text, act: BranchState['act']): string {
  if (act?.type === 'kubectl') return act.line;
  if (act?.type === 'fault') return `${act.order.fault} ${act.order.target ?? ''}`.trim();
  // Of a name in the cluster's DNS, the Service.
  if (act?.type === 'request')
    return `→ ${act.order.to.replace(/\.svc\.cluster\.local$/, '').replace(/\.default$/, '')}`;
  return t('simulation:otherBranch');
}
