import { parseDurationMs } from '../../apimachinery/duration.ts';
import { CLOCK } from '../leader-election/clock.ts';
import type { FaultDefinition } from './fault.ts';

/**
 * The clock of a process that holds a Lease is wrong, or goes at another pace. What it writes then is wrong; whoever looks
 * on measures by an own clock, so that only a clock that is too slow costs it the Lease.
 * Source: staging/src/k8s.io/client-go/tools/leaderelection/leaderelection.go, package comment, 1.36.2.
 */
export const clockSkew: FaultDefinition = {
  name: 'clock-skew',
  target: 'component',
  components: 'kube-scheduler-',
  instances: 'kubelet/',
  parameters: [
    { name: 'skew', default: '1h' },
    { name: 'pace', values: ['50%', '100%', '200%', '1000%'], default: '100%' },
  ],
  effects(target, { skew = '', pace = '' }, running) {
    const skewMs = parseDurationMs(skew) ?? 0;
    const now = { method: CLOCK, parameters: { skewMs, pacePercent: Number.parseInt(pace, 10) } };
    const after = { method: CLOCK, parameters: { skewMs: 0, pacePercent: 100 } };
    const election = `${target}/leader-election`;
    const component = running.includes(election) ? election : target;
    return component.startsWith('kubelet/') || component === election ? [{ type: 'do', component, now, after }] : [];
  },
};
