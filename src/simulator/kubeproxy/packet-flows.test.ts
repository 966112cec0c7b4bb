import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { RuleSettings } from './port-rules.ts';
import { iptablesText, nodeRules } from './node-rules.ts';
import type { PacketTrace } from './trace-packet.ts';
import { possibleTraces, tracePacket } from './trace-packet.ts';
import upstream from './testdata/packet-flows.json';

interface Flow {
  readonly name: string;
  readonly from: string;
  readonly protocol?: string;
  readonly to: string;
  readonly port: number;
  readonly output: string;
  readonly masq?: true;
}

interface Group {
  readonly test: string;
  readonly nodeIps: readonly string[];
  readonly services: readonly KubernetesObject[];
  readonly slices: readonly KubernetesObject[];
  readonly ipv6?: true;
  readonly masqueradeAll?: true;
  readonly localhostNodePorts?: false;
  readonly localDetector?: false;
  readonly flows: readonly Flow[];
}

/** The world of upstream's proxier tests, `NewFakeProxier`. */
function settingsOf(group: Partial<Group>): RuleSettings {
  const podNetwork = group.ipv6 === true ? 'fd00:10::/64' : '10.0.0.0/8';
  return {
    name: 'test-node',
    zone: '',
    family: group.ipv6 === true ? 6 : 4,
    nodeIp: '192.168.0.2',
    podNetwork: group.localDetector === false ? undefined : podNetwork,
    masqueradeAll: group.masqueradeAll === true,
    localhostNodePorts: group.localhostNodePorts !== false,
    isLargeCluster: false,
  };
}

function rulesOf(group: Pick<Group, 'services' | 'slices'>) {
  const services = group.services.map((service) => ({
    service,
    slices: group.slices.filter(
      (slice) =>
        namespaceOf(slice) === namespaceOf(service) &&
        labelsOf(slice).get('kubernetes.io/service-name') === nameOf(service),
    ),
  }));
  return nodeRules(services, settingsOf(group));
}

const WORDS = { passed: '', rejected: 'REJECT', dropped: 'DROP' } as const;

function wordOf({ verdict }: PacketTrace): string {
  return verdict.type === 'sent' ? verdict.to : WORDS[verdict.type];
}

const groups = upstream.groups as unknown as readonly Group[];
const cases = groups.flatMap((group) =>
  group.flows.map((flow) => [`${group.test}/${flow.name}`, group, flow] as const),
);
const source = { area: 'kube-proxy', file: upstream.source, release: upstream.release } as const;

describe('where packets go', () => {
  upstreamEach(source)(cases)('%s', (_name, group, { from, protocol = 'TCP', to, port, output, masq = false }) => {
    const packet = { fromIp: from, toIp: to, port, protocol: protocol.toLowerCase() };
    const localIps = new Set(['127.0.0.1', '::1', ...group.nodeIps]);
    const rules = rulesOf(group);
    const traces = possibleTraces((world) => tracePacket(rules, packet, world), { localIps, remembers: () => false });
    const masqueraded = new Set(traces.map(({ trace }) => trace.isMasqueraded));
    expect(traces.map(({ trace }) => wordOf(trace)).join(', ')).toBe(output);
    expect(masqueraded.has(true)).toBe(masq);
    for (const { of } of traces) expect(of).toBe(traces.length);
  });

  upstreamLeftOut(source, upstream.leftOut);
});

interface RuleCase {
  readonly test: string;
  readonly services: readonly KubernetesObject[];
  readonly slices: readonly KubernetesObject[];
  readonly rules: readonly string[];
}

/** Chains that the reading of a packet does not need are declared in upstream's order, ours by name. */
const sorted = (lines: readonly string[]): readonly string[] => lines.filter((line) => line !== '').toSorted();

describe('rules as iptables-save prints them', () => {
  const rules = upstream.rules as unknown as readonly RuleCase[];
  upstreamEach(source)(rules.map((one) => [one.test, one] as const))('%s', (_name, one) => {
    expect(sorted(iptablesText(rulesOf(one)).split('\n'))).toEqual(sorted(one.rules));
  });

  it('keeps the rules of a chain in order: one of n, one of n-1, the rest', () => {
    const [, group] = cases.find(([name]) => name.includes('TestClusterIPGeneral'))!;
    const text = iptablesText(rulesOf(group));
    const chances = [...text.matchAll(/--probability (\S+)/g)].map((match) => match[1]);
    expect(chances).toContain('0.5000000000');
  });
});
