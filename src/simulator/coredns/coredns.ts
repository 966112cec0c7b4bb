import type { ApiClient } from '../client/api-client.ts';
import { apiClient } from '../client/api-client.ts';
import type { Informer } from '../client/informer.ts';
import { informerTimer, informersHear, startInformer } from '../client/informer.ts';
import type { ComponentDefinition, ComponentId, Context } from '../component.ts';
import type { CallMessage } from '../messages.ts';
import type { DnsRecords } from './look-up.ts';
import { answerName } from './answer-name.ts';

export interface CoreDnsSettings {
  readonly server: ComponentId;
}

interface CoreDnsState {
  readonly client: ApiClient;
  /** Of namespaces, Services and slices, in this order. */
  readonly informers: readonly Informer[];
}

/** What is asked of CoreDNS, by the family of the addresses that are wanted: the name stands in `name`. */
export const DNS_QUERIES = { 4: 'DNS A', 6: 'DNS AAAA' } as const;

/** The family that is asked for with a method; undefined where it is no question to DNS. */
export function familyAsked(method: string): 4 | 6 | undefined {
  return method === DNS_QUERIES[4] ? 4 : method === DNS_QUERIES[6] ? 6 : undefined;
}

const WATCHED = [
  { group: '', version: 'v1', plural: 'namespaces' },
  { group: '', version: 'v1', plural: 'services' },
  { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' },
] as const;

/** CoreDNS: answers names of the cluster from its caches. */
export const coreDns: ComponentDefinition<CoreDnsState> = {
  kind: 'coredns',
  start(context, settings) {
    const { server } = settings as CoreDnsSettings;
    const groups = ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'];
    const user = { name: 'system:serviceaccount:kube-system:coredns', groups };
    const client = apiClient(server, user, 'coredns');
    return { client, informers: WATCHED.map((resource) => startInformer({ resource }, client, context)) };
  },
  handle(state, event, context) {
    if (event.type === 'timer') return informerTimer(state, event, context);
    const { message, from } = event;
    const family = message.type === 'call' ? familyAsked(message.method) : undefined;
    if (message.type === 'call' && family !== undefined) return answer(state, from, message, family, context);
    informersHear(state.informers, message, context);
  },
};

function answer(
  state: CoreDnsState,
  to: ComponentId,
  { id, method, parameters }: CallMessage,
  family: 4 | 6,
  context: Context,
): void {
  const name = String(parameters['name']);
  const result = Object.freeze({ ...answerName(name, recordsOf(state), family) });
  context.send(
    to,
    { type: 'answer', id, method, ok: true, result },
    {
      class: 'packet',
      verb: `DNS ${result.code}`,
      detail: { name, ...(family === 6 ? { type: 'AAAA' } : {}), ...result },
    },
  );
}

function recordsOf({ informers }: CoreDnsState): DnsRecords {
  const [namespaces, services, slices] = informers.map(({ view }) => view);
  return { namespaces: namespaces!, services: services!, slices: slices! };
}

/** What a CoreDNS knows, to look at; undefined where it does not run. */
export function dnsRecords(state: unknown): DnsRecords | undefined {
  return state === undefined ? undefined : recordsOf(state as CoreDnsState);
}
