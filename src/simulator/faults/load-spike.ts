import { LOAD, LOAD_OVER } from '../network/load.ts';
import type { FaultDefinition } from './fault.ts';

/** Who sends it, where nothing else is said. */
export const LOAD_FROM = 'Node//w1';

/** Many more requests come than usual: to a name, an address or a Service, at a steady rate. */
export const loadSpike: FaultDefinition = {
  name: 'load-spike',
  target: 'cluster',
  parameters: [
    { name: 'to', default: 'web.default.svc.cluster.local' },
    { name: 'port', default: '80' },
    { name: 'rate', default: '100' },
    { name: 'from', default: LOAD_FROM },
  ],
  effects(_target, { to = '', port = '', rate = '', from = '', target }, running) {
    const component = running.find((id) => id === 'traffic');
    if (component === undefined) return [];
    const most = Math.max(1, Math.min(1000, Number(rate) || 1));
    const order = { from, to, port: Number(port) || 80, rate: most, ...(target === undefined ? {} : { target }) };
    const parameters = { token: `load/${to}:${order.port}`, order };
    return [{ type: 'do', component, now: { method: LOAD, parameters }, after: { method: LOAD_OVER, parameters } }];
  },
};
