import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import type { ReachVerdict } from './can-reach.ts';
import { canReach } from './can-reach.ts';
import type { NetworkEnd, PolicyWorld } from './network-end.ts';
import upstream from './testdata/netpol.json';

type Labels = Readonly<Record<string, string>>;

interface Check {
  readonly port: number;
  readonly protocol: string;
  /** Of all pairs, which are allowed; the last row that means a pair counts, and without one it is allowed. */
  readonly expect: readonly (readonly [from: string, to: string, isAllowed: boolean])[];
}

interface Step {
  readonly policies: readonly JsonObject[];
  readonly checks: readonly Check[];
  readonly podLabels?: Readonly<Record<string, Labels>>;
  readonly namespaceLabels?: Readonly<Record<string, Labels>>;
}

interface Case {
  readonly name: string;
  readonly pods: readonly string[];
  readonly steps: readonly Step[];
}

const policyOf = (body: JsonObject): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  ...body,
});

const ipOf = (pod: string): string => `10.244.${'xyz'.indexOf(pod[0]!) + 1}.${'abc'.indexOf(pod[2]!) + 1}`;

/** A Pod of upstream's model, with a container for each port and protocol. */
function podOf(name: string, labels: Labels = {}): NetworkEnd {
  const [namespace = '', own = ''] = name.split('/');
  const containers = [80, 81].flatMap((port) =>
    ['TCP', 'UDP', 'SCTP'].map((protocol) => {
      const named = `serve-${port}-${protocol.toLowerCase()}`;
      return { name: named, ports: [{ containerPort: port, name: named, protocol }] };
    }),
  );
  const metadata = { name: own, namespace, labels: { pod: own, ...labels } };
  return { pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } }, ip: ipOf(name) };
}

function worldOf({ policies, namespaceLabels = {} }: Step): PolicyWorld {
  const text = JSON.stringify(policies).replaceAll(/\{([xyz]\/[abc])\}/g, (_all, pod: string) => ipOf(pod));
  return {
    policies: (JSON.parse(text) as readonly JsonObject[]).map(policyOf),
    labelsOfNamespace: (name) =>
      new Map(Object.entries({ 'kubernetes.io/metadata.name': name, ...namespaceLabels[name] })),
  };
}

const means = (pattern: string, pod: string): boolean =>
  pattern === '*' || pattern === pod || (pattern.endsWith('/*') && pod.startsWith(pattern.slice(0, -1)));

describe('who can reach whom', () => {
  const source = { area: 'network', file: upstream.source, release: upstream.release } as const;
  const cases = upstream.cases as unknown as readonly Case[];

  upstreamEach(source)(cases.map((one) => [one.name, one] as const))('%s', (_name, { pods, steps }) => {
    for (const step of steps)
      for (const { port, protocol, expect: rows } of step.checks) {
        const world = worldOf(step);
        const pairs = pods.flatMap((from) => pods.filter((to) => to !== from).map((to) => [from, to] as const));
        const found = pairs.map(([from, to]) => {
          const ends = { from: podOf(from, step.podLabels?.[from]), to: podOf(to, step.podLabels?.[to]) };
          return [from, to, canReach({ ...ends, port, protocol }, world).isAllowed];
        });
        const wanted = pairs.map(([from, to]) => [
          from,
          to,
          rows.findLast(([source_, target]) => means(source_, from) && means(target, to))?.[2] ?? true,
        ]);
        expect(found).toEqual(wanted);
      }
  });
});

/** A verdict in one line. */
function told(verdict: ReachVerdict): string {
  if (verdict.type === 'free') return verdict.because;
  if (verdict.type === 'denied')
    return verdict.by
      .map(({ policy, rules }) =>
        [policy, ...rules.map(({ rule, misses }) => `${formatFieldPath(rule)} ${misses}`)].join(': '),
      )
      .join('; ');
  const { policy, rule, peer = rule, port } = verdict;
  return [policy, formatFieldPath(peer), ...(port === undefined ? [] : [formatFieldPath(port)])].join(' ');
}

describe('which rule says so', () => {
  const policies = [
    {
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [
          { from: [{ podSelector: { matchLabels: { app: 'cart' } } }, { ipBlock: { cidr: '203.0.113.0/24' } }] },
          { from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }], ports: [{ port: 9000, endPort: 9010 }] },
        ],
      },
    },
    { metadata: { name: 'quiet', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Egress'] } },
  ].map(policyOf);
  const world: PolicyWorld = {
    policies,
    labelsOfNamespace: (name) => (name === 'ops' ? new Map([['team', 'ops']]) : undefined),
  };
  const pod = (namespace: string, app: string, spec: JsonObject = {}): NetworkEnd => ({
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: app, namespace, labels: { app } },
      spec: { nodeName: 'w1', ...spec },
    },
    ip: spec['hostNetwork'] === true ? '172.18.0.3' : '10.244.1.9',
  });
  const web = pod('shop', 'web');

  it.each<[string, NetworkEnd, NetworkEnd, number, string, string]>([
    ['by labels', pod('ops', 'cart'), web, 80, 'not-isolated', 'shop/web: spec.ingress[0] peer: spec.ingress[1] port'],
    ['in both directions', pod('shop', 'cart'), web, 80, 'shop/quiet', 'shop/web spec.ingress[0].from[0]'],
    ['by address', { ip: '203.0.113.10' }, web, 80, 'outside', 'shop/web spec.ingress[0].from[1]'],
    [
      'by the last port of a range',
      pod('ops', 'probe'),
      web,
      9010,
      'not-isolated',
      'shop/web spec.ingress[1].from[0] spec.ingress[1].ports[0].port',
    ],
    [
      'past the last port of a range',
      pod('ops', 'probe'),
      web,
      9011,
      'not-isolated',
      'shop/web: spec.ingress[0] peer: spec.ingress[1] port',
    ],
    [
      'from another Node',
      { ip: '172.18.0.4', node: 'w2' },
      web,
      80,
      'outside',
      'shop/web: spec.ingress[0] peer: spec.ingress[1] peer',
    ],
    ['from its own Node, as the kubelet', { ip: '172.18.0.3', node: 'w1' }, web, 80, 'outside', 'own-node'],
    ['to its own Node', web, { ip: '172.18.0.3', node: 'w1' }, 10250, 'own-node', 'outside'],
    ['from a Pod on its Node’s network', pod('shop', 'cart', { hostNetwork: true }), web, 80, 'outside', 'own-node'],
    [
      'from a Pod on another Node’s network, whose labels do not count',
      pod('shop', 'cart', { hostNetwork: true, nodeName: 'w2' }),
      web,
      80,
      'outside',
      'shop/web: spec.ingress[0] peer: spec.ingress[1] peer',
    ],
    [
      'to a Pod on its Node’s network',
      pod('x', 'y'),
      pod('shop', 'web', { hostNetwork: true }),
      80,
      'own-node',
      'outside',
    ],
    ['to itself', web, web, 80, 'itself', 'itself'],
  ])('%s', (_title, from, to, port, egress, ingress) => {
    const answer = canReach({ from, to, port, protocol: 'TCP' }, world);
    expect([told(answer.egress), told(answer.ingress)]).toEqual([egress, ingress]);
  });

  it('takes the Pods of one template, which have no names, for different ones', () => {
    const template = {
      pod: { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop', labels: { app: 'web' } } },
    };
    const answer = canReach({ from: template, to: template, port: 80, protocol: 'TCP' }, world);
    expect(answer.isAllowed).toBe(false);
  });
});
