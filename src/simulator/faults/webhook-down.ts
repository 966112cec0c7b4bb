import { apiServersDo } from './api-servers-do.ts';
import type { FaultDefinition } from './fault.ts';

/** Admission webhooks cannot be reached: nobody listens, or nobody answers until the time is up. */
export const webhookDown: FaultDefinition = {
  name: 'webhook-down',
  target: 'cluster',
  parameters: [
    { name: 'webhook', default: '*' },
    { name: 'mode', values: ['refused', 'timeout'], default: 'refused' },
  ],
  effects: (_target, parameters, running) =>
    apiServersDo(running, { method: 'WebhooksDown', parameters }, { method: 'WebhooksUp', parameters }),
};
