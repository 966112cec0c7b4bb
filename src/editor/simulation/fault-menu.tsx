import { useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import { MenuItems } from '../../kit/menu.tsx';
import type { MenuEntry } from '../../kit/menu.tsx';
import type { FaultTarget } from '../../workspace/simulation/fault-offers.ts';
import { useText } from '../i18n.ts';
import { useSimulation } from './simulation-context.ts';
import { WHILE_MS, useFaultEntries } from './faults/fault-entries.ts';

interface FaultMenuProps {
  /** What was pointed at; a box of the control plane by its id. */
  readonly component: FaultTarget;
  readonly anchor: Element;
  readonly onClose: () => void;
}

/** What can go wrong with a component, a Node, one of its Pods, a container or a way, now or for a while. */
export function FaultMenu({ component, anchor, onClose }: FaultMenuProps) {
  const t = useText();
  const simulation = useSimulation();
  const at = useRef<Element | null>(anchor);
  const [target, setTarget] = useState(component);
  const [forMs, setFor] = useState<number | undefined>();
  const { entries, canPass, inside } = useFaultEntries(simulation, t, target, forMs);
  const more = canPass
    ? [{ id: 'while', label: t('rehearsal:onlyWhile', { count: WHILE_MS / 1000 }), onAction: () => setFor(WHILE_MS) }]
    : [];
  const all: readonly MenuEntry[] = [
    ...entries.map((entry) => ({
      ...entry,
      onAction: () => {
        onClose();
        entry.onAction();
      },
    })),
    ...more,
    ...inside.map(({ target: next, label }) => ({ id: `in ${next}`, label, onAction: () => setTarget(next) })),
  ];
  if (all.length === 0) return null;
  return (
    <Popover
      className="popover fault-menu"
      aria-label={t('simulation:faults')}
      offset={4}
      placement="bottom end"
      triggerRef={at}
      isOpen
      onOpenChange={(open) => !open && onClose()}
    >
      <MenuItems key={`${target} ${forMs ?? ''}`} label={t('simulation:faults')} entries={all} />
    </Popover>
  );
}
