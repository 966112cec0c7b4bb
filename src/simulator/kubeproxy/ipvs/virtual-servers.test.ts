import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { MASQUERADE_MARK, ruleText } from '../rule.ts';
import type { IpvsSettings, IpvsState } from './node-servers.ts';
import { nodeServers } from './node-servers.ts';
import type { VirtualServer } from './virtual-server.ts';
import { SCHEDULER } from './virtual-server.ts';
import upstream from './testdata/virtual-servers.json';

interface Server {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  readonly scheduler: string;
  readonly timeout?: number;
  readonly real: readonly string[];
}

interface Case {
  readonly test: string;
  readonly services: readonly KubernetesObject[];
  readonly slices: readonly KubernetesObject[];
  readonly nodePortIps: readonly string[];
  readonly ipv6?: true;
  readonly servers: readonly Server[];
  readonly ipsets: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly string[];
}

/** The world of upstream's proxier tests, `NewFakeProxier`: its Node has no address that it knows as its own. */
function settingsOf({ ipv6, nodePortIps }: Case): IpvsSettings {
  const family = ipv6 === true ? 6 : 4;
  return { name: 'test-node', zone: '', family, nodeIp: '', podNetwork: undefined, masqueradeAll: false, nodePortIps };
}

function stateOf(one: Case): IpvsState {
  const services = one.services.map((service) => ({
    service,
    slices: one.slices.filter(
      (slice) =>
        namespaceOf(slice) === namespaceOf(service) &&
        labelsOf(slice).get('kubernetes.io/service-name') === nameOf(service),
    ),
  }));
  return nodeServers(services, settingsOf(one));
}

const byAddress = (a: Server, b: Server): number =>
  `${a.address} ${a.port} ${a.protocol}` < `${b.address} ${b.port} ${b.protocol}` ? -1 : 1;

function shown({ ip, port, protocol, affinitySeconds, real }: VirtualServer): Server {
  const sticky = affinitySeconds === undefined ? {} : { timeout: affinitySeconds };
  const servers = real.map(({ address }) => `${address} w1`);
  return { address: ip, port, protocol, scheduler: SCHEDULER, ...sticky, real: servers };
}

/** The fake kube-proxy has no mark, and sets of both families have the same names. */
const asFake = (line: string): string =>
  line
    .replaceAll(`${MASQUERADE_MARK}/${MASQUERADE_MARK}`, '/')
    .replaceAll(MASQUERADE_MARK, '')
    .replace('KUBE-6-', 'KUBE-');

const source = { area: 'kube-proxy', file: upstream.source, release: upstream.release } as const;

describe('virtual servers, sets and rules of a Node', () => {
  const cases = upstream.cases as unknown as readonly Case[];
  upstreamEach(source)(cases.map((one) => [one.test, one] as const))('%s', (_name, one) => {
    const { servers, sets, rules } = stateOf(one);
    expect([...servers.values()].map(shown).sort(byAddress)).toEqual([...one.servers].sort(byAddress));
    expect(Object.fromEntries([...sets].map(([name, own]) => [name, [...own].sort()]))).toEqual(one.ipsets);
    for (const table of ['nat', 'filter'] as const) {
      const from = one.rules.indexOf(`*${table}`);
      const theirs = one.rules.slice(from, one.rules.indexOf('COMMIT', from));
      const ours = rules.filter((rule) => rule.table === table).map((rule) => asFake(ruleText(rule)));
      expect(ours).toEqual(theirs.filter((line) => line.startsWith('-A')));
    }
  });

  upstreamLeftOut(source, upstream.leftOut);
});
