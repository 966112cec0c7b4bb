import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { revisionHash } from '../history/revisions.ts';
import table from './data/pod-template-1.36.json' with { type: 'json' };
import type { GoTypes } from './go-dump.ts';
import { goDump, goTypesOf } from './go-dump.ts';
import { goQuantity } from './go-quantity.ts';
import { templateHash } from './template-hash.ts';

const now = goTypesOf(table);

/** What structs did not have yet in 1.20, whose control plane made the recorded names. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'v1.PodSpec': [
    'OS',
    'HostUsers',
    'SchedulingGates',
    'ResourceClaims',
    'Resources',
    'HostnameOverride',
    'SchedulingGroup',
  ],
  'v1.Container': ['ResizePolicy', 'RestartPolicy', 'RestartPolicyRules'],
  'v1.ResourceRequirements': ['Claims'],
  'v1.PodSecurityContext': ['SupplementalGroupsPolicy', 'AppArmorProfile', 'SELinuxChangePolicy'],
  'v1.PodAffinityTerm': ['NamespaceSelector', 'MatchLabelKeys', 'MismatchLabelKeys'],
};

/** The structs of 1.20: without those fields, and with `clusterName` before the managed fields. */
const of120: GoTypes = {
  names: now.names,
  structs: new Map(
    [...now.structs].map(([name, fields]) => [
      name,
      fields
        .filter(([go]) => LATER[name]?.includes(go) !== true)
        .flatMap((field) =>
          name === 'meta.ObjectMeta' && field[0] === 'ManagedFields'
            ? [['ClusterName', 'clusterName', 'string'] as const, field]
            : [field],
        ),
    ]),
  ),
};

function template(spec: JsonObject, container: JsonObject, metadata: JsonObject = {}): JsonObject {
  return {
    metadata: { labels: { app: 'd' }, ...metadata },
    spec: {
      containers: [
        {
          name: 'c',
          image: 'nginx:1',
          resources: { requests: { cpu: '100m' } },
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'IfNotPresent',
          ...container,
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
      ...spec,
    },
  };
}

const antiAffinity = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'd' } } },
    ],
  },
};

describe('the hash of a Pod template', () => {
  // Names that a real control plane gave: shared/corpora/golden/control-plane-scenarios.ndjson, Kubernetes 1.20.2.
  it.each([
    ['fdbb85b57', template({}, {})],
    ['79f59787b6', template({}, { image: 'nginx:2' })],
    ['597656bc54', template({}, {}, { annotations: { x: '2' } })],
    ['586b79cbb5', template({}, {}, { annotations: { 't/ready': 'false' } })],
    ['5db589d888', template({ affinity: antiAffinity }, {})],
    ['b9b5fdbbc', template({}, { image: 'x', imagePullPolicy: 'Always', resources: { requests: { cpu: '3' } } })],
  ])('is the one of a real control plane: %s', (hash, of) => {
    expect(templateHash(of, undefined, of120)).toBe(hash);
  });

  it('changes with the number of collisions', () => {
    const hashes = [undefined, 0, 1].map((collisions) => templateHash(template({}, {}), collisions));
    expect(new Set(hashes).size).toBe(3);
  });

  it('knows every type that a template can hold', () => {
    const used = [...now.structs.values()].flat().map(([, , type]) => type);
    const names = used.flatMap((type) => [...type.matchAll(/[a-z]\w*\.\w+/g)].map(([name]) => name));
    const unknown = names.filter((name) => goDump(now, name, undefined).endsWith(')0'));
    expect(unknown).toEqual([]);
  });
});

it('the revision of a StatefulSet has the name of a real control plane', () => {
  const { metadata, spec } = template({}, { resources: {} }, { labels: { app: 's' }, creationTimestamp: null });
  const set: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 's' },
    spec: { template: { metadata: metadata ?? null, spec: spec ?? null } },
  };
  expect(`s-${revisionHash(set, 0)}`).toBe('s-664c79485b');
});

it.each([
  ['100m', 'i:(resource.int64Amount){value:(int64)100 scale:(resource.Scale)-3}', '100m'],
  ['128Mi', 'i:(resource.int64Amount){value:(int64)134217728 scale:(resource.Scale)0}', ''],
  ['1Gi', 'i:(resource.int64Amount){value:(int64)1073741824 scale:(resource.Scale)0}', '1Gi'],
  ['0', 'i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0}', '0'],
])('the quantity %s is held as Go holds it', (text, amount, kept) => {
  expect(goQuantity(text)).toContain(amount);
  expect(goQuantity(text)).toContain(`s:(string)${kept} `);
});
