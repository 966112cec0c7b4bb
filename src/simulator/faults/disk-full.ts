import { FILL_DISK } from '../kubelet/eviction/fill-disk.ts';
import type { FaultDefinition } from './fault.ts';

/** Something that is no Pod fills the disk of a Node: logs of the machine, a dump of its memory. */
export const diskFull: FaultDefinition = {
  name: 'disk-full',
  target: 'Node',
  parameters: [{ name: 'percent', default: '95' }],
  effects: (node, { percent }, running) => {
    const component = `kubelet/${node}`;
    if (!running.includes(component)) return [];
    const [now, after] = [percent, '0'].map((value) => ({ method: FILL_DISK, parameters: { percent: Number(value) } }));
    return [{ type: 'do', component, now: now!, after: after! }];
  },
};
