import { useRef } from 'react';
import { MenuAt } from '../../kit/menu.tsx';
import { useText } from '../i18n.ts';
import { useSimulation } from './simulation-context.ts';
import { faultsOf } from './faults.ts';

interface FaultMenuProps {
  readonly component: string;
  readonly anchor: Element;
  readonly onClose: () => void;
}

/** What can go wrong with a component or a Node, now or for a while. */
export function FaultMenu({ component, anchor, onClose }: FaultMenuProps) {
  const t = useText();
  const simulation = useSimulation();
  const at = useRef<Element | null>(anchor);
  const entries = faultsOf(component).flatMap(({ fault, target }) =>
    [undefined, 30_000].map((forMs) => ({
      id: `${fault}/${forMs ?? 'ever'}`,
      label: t(`simulation:fault.${fault}`) + (forMs === undefined ? '' : t('simulation:forSeconds', { count: 30 })),
      onAction: () =>
        simulation.fault({
          fault,
          ...(target === undefined ? {} : { target }),
          ...(forMs === undefined ? {} : { forMs }),
        }),
    })),
  );
  const node = component.startsWith('node/') ? component.slice('node/'.length) : undefined;
  const commands =
    node === undefined
      ? []
      : [`cordon ${node}`, `uncordon ${node}`, `drain ${node} --ignore-daemonsets --delete-emptydir-data --force`].map(
          (line) => ({ id: line, label: `kubectl ${line.split(' --')[0]!}`, onAction: () => simulation.kubectl(line) }),
        );
  const all = [...entries, ...commands];
  if (all.length === 0) return null;
  return <MenuAt anchor={at} label={t('simulation:faults')} entries={all} onClose={onClose} />;
}
