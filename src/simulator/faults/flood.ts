import type { ApiClient } from '../client/api-client.ts';
import { apiClient, sendCall } from '../client/api-client.ts';
import type { ComponentDefinition, ComponentId } from '../component.ts';

interface FloodSettings {
  readonly server: ComponentId;
  readonly user: string;
  /** Requests that it sends at once, every second. */
  readonly requests: number;
}

interface FloodState {
  readonly client: ApiClient;
  readonly requests: number;
}

const WAVE = 'wave';
const WAVE_MS = 1000;
const CONFIG_MAPS = { group: '', version: 'v1', plural: 'configmaps' } as const;

/** A client without any limit of its own that never heeds Retry-After: a wave of lists every second. */
export const flood: ComponentDefinition<FloodState> = {
  kind: 'flood',
  start(context, settings) {
    const { server, user, requests } = settings as FloodSettings;
    context.timer(0, WAVE, undefined, { periodic: true });
    const groups = ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'];
    return { client: apiClient(server, { name: user, groups }, 'flood'), requests };
  },
  handle({ client, requests }, event, context) {
    if (event.type !== 'timer') return;
    for (let sent = 0; sent < requests; sent++)
      sendCall(client, { verb: 'list', resource: CONFIG_MAPS, namespace: 'kube-public' }, context);
    context.timer(WAVE_MS, WAVE, undefined, { periodic: true });
  },
};
