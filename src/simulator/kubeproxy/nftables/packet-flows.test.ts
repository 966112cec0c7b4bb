import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { possibleTraces } from '../trace-packet.ts';
import type { NftSettings } from './base-table.ts';
import { endpointChainName, portChainName } from './chain-names.ts';
import { nodeTable } from './node-table.ts';
import { nftText } from './table.ts';
import { traceTable } from './trace-table.ts';
import upstream from './testdata/packet-flows.json';

interface World {
  readonly test: string;
  readonly services: readonly KubernetesObject[];
  readonly slices: readonly KubernetesObject[];
  readonly nodePortIps: readonly string[];
  readonly ipv6?: true;
  readonly masqueradeAll?: true;
  readonly localDetector?: false;
}

interface Group extends World {
  readonly nodeIps: readonly string[];
  readonly flows: readonly Flow[];
}

interface Flow {
  readonly name: string;
  readonly from: string;
  readonly protocol?: string;
  readonly to: string;
  readonly port: number;
  readonly output: string;
  readonly masq?: true;
}

/** The world of upstream's proxier tests, `NewFakeProxier`. */
function settingsOf({ ipv6: isIpv6, masqueradeAll, localDetector, nodePortIps }: World): NftSettings {
  const ipv6 = isIpv6 === true;
  const podNetwork = ipv6 ? 'fd00:10::/64' : '10.0.0.0/8';
  return {
    name: 'test-node',
    zone: '',
    family: ipv6 ? 6 : 4,
    nodeIp: ipv6 ? '2001:db8::1' : '192.168.0.2',
    podNetwork: localDetector === false ? undefined : podNetwork,
    masqueradeAll: masqueradeAll === true,
    nodePortIps,
    serviceNetworks: [ipv6 ? 'fd00:10:96::/112' : '172.30.0.0/16'],
  };
}

function tableOf(world: World) {
  const services = world.services.map((service) => ({
    service,
    slices: world.slices.filter(
      (slice) =>
        namespaceOf(slice) === namespaceOf(service) &&
        labelsOf(slice).get('kubernetes.io/service-name') === nameOf(service),
    ),
  }));
  return nodeTable(services, settingsOf(world));
}

const WORDS = { passed: '', rejected: 'REJECT', dropped: 'DROP' } as const;

const groups = upstream.groups as unknown as readonly Group[];
const cases = groups.flatMap((group) =>
  group.flows.map((flow) => [`${group.test}/${flow.name}`, group, flow] as const),
);
const source = { area: 'kube-proxy', file: upstream.source, release: upstream.release } as const;

describe('where packets go', () => {
  upstreamEach(source)(cases)('%s', (_name, group, { from, protocol = 'TCP', to, port, output, masq = false }) => {
    const packet = { fromIp: from, toIp: to, port, protocol: protocol.toLowerCase() };
    const localIps = new Set(['127.0.0.1', '::1', ...group.nodeIps]);
    const table = tableOf(group);
    const traces = possibleTraces((world) => traceTable(table, packet, world), { localIps, remembers: () => false });
    const outputs = traces.map(({ trace: { verdict } }) =>
      verdict.type === 'sent' ? verdict.to : WORDS[verdict.type],
    );
    expect(outputs.join(', ')).toBe(output);
    expect(traces.some(({ trace }) => trace.isMasqueraded)).toBe(masq);
  });

  upstreamLeftOut(source, upstream.leftOut);
});

/** Rules of a chain stay in their order; everything else has none. */
function sorted(lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const line of lines.filter((one) => one !== '')) {
    const words = line.split(' ');
    const key = words[1] === 'rule' ? `rule ${words[4] ?? ''}` : 'rest';
    (found[key] ??= []).push(line);
  }
  found['rest']?.sort();
  return found;
}

describe('the table as nft reads it', () => {
  const rules = upstream.rules as unknown as readonly (World & { readonly rules: readonly string[] })[];
  upstreamEach(source)(rules.map((one) => [one.test, one] as const))('%s', (_name, one) => {
    expect(sorted(nftText(tableOf(one)).split('\n'))).toEqual(sorted(one.rules));
  });
});

describe('names of chains', () => {
  const names = upstream.names as readonly {
    readonly test: string;
    readonly port: Parameters<typeof portChainName>[0];
    readonly endpoint?: string;
    readonly name: string;
  }[];
  upstreamEach(source)(names.map((one) => [one.test, one] as const))('%s', (_name, { port, endpoint, name }) => {
    expect(endpoint === undefined ? portChainName(port) : endpointChainName(port, endpoint)).toBe(name);
  });
});
