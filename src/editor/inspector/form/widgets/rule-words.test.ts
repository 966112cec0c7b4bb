import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { policyRulesOf } from '../../../../kinds/shared/network-policy.ts';
import type { Text } from '../../../i18n.ts';
import { accessWords } from './access/rbac-words.ts';
import { pathWords } from './network/ingress-words.ts';
import { ruleWords } from './network/network-words.ts';
import { podTermWords, spreadWords, tolerationWords } from './placement/placement-words.ts';
import { bothLanguages } from './testing/both-languages.ts';

let english: Text;
let chinese: Text;
beforeAll(async () => {
  ({ english, chinese } = await bothLanguages());
});

const policy = (spec: JsonValue): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'shop' },
  spec,
});
const labels = (text: string) => ({ matchLabels: Object.fromEntries([text.split('=')]) }) as JsonValue;

describe('a rule of a NetworkPolicy as a sentence', () => {
  it.each<[string, JsonValue, string]>([
    ['names nobody and no port', {}, 'Lets in traffic from anywhere, to every port.'],
    [
      'names Pods here or elsewhere, and ports',
      {
        from: [
          { podSelector: labels('app=web') },
          { namespaceSelector: labels('env=prod'), podSelector: {} },
          { namespaceSelector: labels('kubernetes.io/metadata.name=ops') },
          { namespaceSelector: {}, podSelector: labels('app=probe') },
        ],
        ports: [{ port: 80 }, { protocol: 'UDP', port: 53 }, { port: 8000, endPort: 8080 }, { protocol: 'SCTP' }],
      },
      'Lets in traffic from Pods with app=web of this namespace, every Pod of namespaces with env=prod, every Pod of the namespace ops, or Pods with app=probe of every namespace, to TCP 80, UDP 53, TCP 8000–8080, or every SCTP port.',
    ],
    [
      'names addresses',
      {
        from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }],
        ports: [{ port: 'http' }],
      },
      'Lets in traffic from addresses in 10.0.0.0/8 but not 10.1.0.0/16, 10.2.0.0/16, to TCP http.',
    ],
  ])('that %s', (_, rule, expected) => {
    const [read] = policyRulesOf(policy({ podSelector: {}, ingress: [rule] }), 'Ingress');
    expect(ruleWords(read!, 'Ingress', 'shop', english, 'en')).toBe(expected);
  });

  it('is Chinese in Chinese, and goes out', () => {
    const spec = { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: labels('app=db') }] }] };
    const [read] = policyRulesOf(policy(spec), 'Egress');
    expect(ruleWords(read!, 'Egress', 'shop', chinese, 'zh-CN')).toBe(
      '允许流量发往本 namespace 中带有 app=db 的 Pod 的所有端口。',
    );
  });
});

describe('a toleration as a sentence', () => {
  it.each<[JsonValue, string]>([
    [{ operator: 'Exists' }, 'Puts up with every taint: Pods may be placed there, and stay.'],
    [
      { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' },
      'Puts up with the taint gpu, whatever its value: Pods may be placed there.',
    ],
    // Without an operator it is Equal.
    [
      { key: 'gpu', value: 'a100', effect: 'NoExecute', tolerationSeconds: 300 },
      'Puts up with the taint gpu=a100: Pods may be placed there, and are driven out 5 minutes after the taint came.',
    ],
  ])('%j', (toleration, expected) => expect(tolerationWords(toleration, english, 'en')).toBe(expected));
});

describe('affinity and spreading as sentences', () => {
  const term = { labelSelector: labels('app=web'), topologyKey: 'kubernetes.io/hostname' };
  it('says where Pods must or would rather be', () => {
    expect(podTermWords(term, { apart: true }, english)).toBe('Never in the same Node as Pods with app=web.');
    expect(podTermWords({ ...term, topologyKey: 'rack' }, { apart: false, weight: 20 }, english)).toBe(
      'Rather in the same value of rack as Pods with app=web (weight 20).',
    );
    // A selector that is missing selects none. Source: core/v1 PodAffinityTerm, 1.36.
    expect(podTermWords({ topologyKey: 'topology.kubernetes.io/zone' }, { apart: false }, english)).toBe(
      'Only in the same zone as no Pod.',
    );
  });

  it('says how far places may differ, and what follows', () => {
    const constraint = { maxSkew: 2, topologyKey: 'topology.kubernetes.io/zone', labelSelector: labels('app=web') };
    expect(spreadWords(constraint, english)).toBe(
      'No zone has more than 2 more of Pods with app=web than the one with the fewest; a Pod that would break this waits.',
    );
    expect(spreadWords({ ...constraint, whenUnsatisfiable: 'ScheduleAnyway' }, english)).toContain('all the same');
  });
});

describe('a path of an Ingress as a sentence', () => {
  const ingress = { spec: { tls: [{ hosts: ['*.example.com'], secretName: 's' }] } };
  const path = { path: '/api', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } };
  it('says the scheme, how it is compared, and where it leads', () => {
    expect(pathWords(ingress, 'shop.example.com', path, english)).toBe(
      'https://shop.example.com/api and all beneath it → Service web, port http',
    );
    expect(pathWords(ingress, 'a.b.example.com', { ...path, pathType: 'Exact' }, english)).toMatch(
      /^http:.*, exactly →/,
    );
  });
});

describe('a rule of a Role as a sentence', () => {
  it.each<[JsonValue, string]>([
    [{ verbs: ['get', 'list'], resources: ['pods', 'pods/log'] }, 'May get and list: pods and pods/log.'],
    [
      { verbs: ['update'], resources: ['leases'], resourceNames: ['a', 'b'] },
      'May update: leases, and only those named a and b.',
    ],
    [{ verbs: ['*'], resources: ['*'] }, 'May do everything: every resource of its groups.'],
    [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }, 'May get the paths /healthz.'],
    [{ verbs: [], resources: ['pods'] }, 'Allows nothing yet.'],
  ])('%j', (rule, expected) => expect(accessWords(rule, english, 'en')).toBe(expected));
});
