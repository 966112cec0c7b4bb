import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import type { UserInfo } from '../../messages.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { allocateSeats } from './allocation.ts';
import { deal, deckError, requiredEntropyBits } from './deal.ts';
import { matchesSchema } from './match.ts';
import type { RequestDigest } from './match.ts';
import sharding from './testdata/shuffle-sharding.json';

beforeAll(preloadKinds);

describe('shuffle sharding', () => {
  const source = { area: 'kube-apiserver', file: sharding.source, release: sharding.release } as const;
  type Row = readonly [name: string, deckSize: number, handSize: number];
  const bits = sharding.entropyBits as unknown as readonly (readonly [...Row, bits: number])[];
  const decks = sharding.decks as unknown as readonly (readonly [...Row, error: string])[];
  const hands = sharding.hands as unknown as readonly Row[];

  upstreamEach(source, 'TestRequiredEntropyBits')(bits)('%s', (_name, deckSize, handSize, wanted) => {
    expect(requiredEntropyBits(deckSize, handSize)).toBe(wanted);
  });
  upstreamEach(source, 'TestNewDealer')(decks)('%s', (_name, deckSize, handSize, error) => {
    expect(deckError(deckSize, handSize) ?? '').toBe(error);
  });
  upstreamEach(source, 'TestCardDuplication')(hands)('%s', (_name, deckSize, handSize) => {
    const hand = deal(deckSize, handSize, 0x9e3779b97f4a7c15n);
    expect(new Set(hand).size).toBe(handSize);
    expect(hand.every((card) => card >= 0 && card < deckSize)).toBe(true);
  });
  upstreamLeftOut(source, {
    ...sharding.leftOut,
    TestUniformDistribution: { count: 3, reason: 'deals millions of hands, which takes minutes here' },
  });
});

describe('matching', () => {
  const user: UserInfo = { name: 'goodu', groups: ['goodg1', 'goodg2'] };
  const inNamespace: RequestDigest = {
    user,
    verb: 'goodverb',
    group: 'goodapig',
    resource: 'goodrscs',
    namespace: 'goodns',
  };
  const rule = (change: object = {}, subject: object = { kind: 'User', user: { name: 'goodu' } }): KubernetesObject =>
    ({
      apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
      kind: 'FlowSchema',
      spec: {
        rules: [
          {
            subjects: [subject],
            resourceRules: [
              {
                verbs: ['goodverb'],
                apiGroups: ['goodapig'],
                resources: ['goodrscs'],
                namespaces: ['goodns'],
                ...change,
              },
            ],
            nonResourceRules: [{ verbs: ['goodverb'], nonResourceURLs: ['/openapi/*'] }],
          },
        ],
      },
    }) as unknown as KubernetesObject;

  it.each([
    [true, rule()],
    [true, rule({}, { kind: 'Group', group: { name: 'goodg1' } })],
    [true, rule({}, { kind: 'User', user: { name: '*' } })],
    [true, rule({}, { kind: 'Group', group: { name: '*' } })],
    [true, rule({ verbs: ['*'] })],
    [true, rule({ apiGroups: ['*'] })],
    [true, rule({ resources: ['*'] })],
    [true, rule({ namespaces: ['*'] })],
    [false, rule({}, { kind: 'User', user: { name: 'badu' } })],
    [false, rule({}, { kind: 'Group', group: { name: 'badg' } })],
    [false, rule({ verbs: ['badverb'] })],
    [false, rule({ apiGroups: ['badapig'] })],
    [false, rule({ resources: ['badrscs'] })],
    [false, rule({ namespaces: ['badns'] })],
    [false, rule({ namespaces: [], clusterScope: true })],
  ])('%s for row %#', (matches, schema) => {
    expect(matchesSchema(inNamespace, schema)).toBe(matches);
  });

  it('knows the whole cluster, paths and service accounts', () => {
    const whole = { ...inNamespace, namespace: '' };
    expect(matchesSchema(whole, rule())).toBe(false);
    expect(matchesSchema(whole, rule({ clusterScope: true }))).toBe(true);
    const path = { user, verb: 'goodverb', group: '', resource: '', namespace: '' };
    expect(matchesSchema({ ...path, path: '/openapi/v2' }, rule())).toBe(true);
    expect(matchesSchema({ ...path, path: '/openapis' }, rule())).toBe(false);
    const account = { ...inNamespace, user: { name: 'system:serviceaccount:ns:sa', groups: [] } };
    const of = (name: string, namespace: string) =>
      rule({}, { kind: 'ServiceAccount', serviceAccount: { name, namespace } });
    expect(matchesSchema(account, of('sa', 'ns'))).toBe(true);
    expect(matchesSchema(account, of('*', 'ns'))).toBe(true);
    expect(matchesSchema(account, of('*', 'n'))).toBe(false);
  });
});

it('allocates seats by one multiple of the targets, within bounds', () => {
  const share = (target: number, lowerBound: number, upperBound: number) => ({ target, lowerBound, upperBound });
  expect(allocateSeats(30, [share(1, 0, 100), share(2, 0, 100)])).toEqual([10, 20]);
  expect(allocateSeats(30, [share(1, 0, 5), share(1, 0, 100)])).toEqual([5, 25]);
  expect(allocateSeats(30, [share(10, 10, 50), share(0, 0, 50)])?.map(Math.round)).toEqual([30, 0]);
  expect(allocateSeats(5, [share(10, 10, 50)])).toBeUndefined();
});

const account = (name: string): UserInfo => ({
  name: `system:serviceaccount:shop:${name}`,
  groups: ['system:serviceaccounts', 'system:authenticated'],
});
const create = (name: string): ApiCall => ({
  verb: 'create',
  resource: { group: '', version: 'v1', plural: 'configmaps' },
  namespace: 'default',
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
});

describe('a server that is asked for too much', () => {
  it('serves in turn, refuses what is over the queues, and keeps Nodes and other flows alive', () => {
    const cluster = Cluster.create({ seed: 2, kinds, authorization: 'AlwaysAllow' });
    cluster.runUntil(5000);
    cluster.fault({ fault: 'slow-disk', parameters: { slowness: '1000x' } });
    const greedy = Array.from({ length: 1500 }, (_, index) => cluster.request(create(`g${index}`), account('greedy')));
    cluster.runUntil(5100);
    const modest = cluster.request(create('modest'), account('modest'));
    cluster.runUntil(8000);
    const codes = (): readonly (number | undefined)[] => greedy.map((token) => cluster.answerTo(token)?.code);
    const refused = greedy.map((token) => cluster.answerTo(token)).filter((answer) => answer?.code === 429);
    expect(refused.length).toBeGreaterThan(500);
    expect(numberAt(refused[0]?.body, 'details', 'retryAfterSeconds')).toBe(1);
    cluster.runUntil(10_000);
    expect(cluster.answerTo(modest)?.code).toBe(201);
    expect(codes()).toContain(undefined);
    cluster.runUntil(40_000);
    expect(new Set(codes())).toEqual(new Set([201, 429]));
    const leases = cluster.trace.after(0).filter(({ object, verb }) => verb === 'PUT' && object?.startsWith('Lease/'));
    expect(leases.length).toBeGreaterThan(5);
    expect(
      cluster.trace.after(0).some(({ verb, detail }) => verb === 'flowControl' && detail?.['queued'] === true),
    ).toBe(true);
  });

  it('is asked again by clients that it has sent away, until all is done', () => {
    const cluster = Cluster.create({ seed: 2, kinds });
    cluster.runUntil(5000);
    const level = {
      apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
      kind: 'PriorityLevelConfiguration',
      metadata: { name: 'one-at-a-time' },
      spec: {
        type: 'Limited',
        limited: { nominalConcurrencyShares: 0, borrowingLimitPercent: 0, limitResponse: { type: 'Reject' } },
      },
    };
    const schema = {
      apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
      kind: 'FlowSchema',
      metadata: { name: 'scheduler-last' },
      spec: {
        matchingPrecedence: 10,
        priorityLevelConfiguration: { name: 'one-at-a-time' },
        rules: [
          {
            subjects: [{ kind: 'User', user: { name: 'system:kube-scheduler' } }],
            resourceRules: [
              { verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'], clusterScope: true },
            ],
          },
        ],
      },
    };
    const replicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web' },
      spec: {
        replicas: 10,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    };
    cluster.kubectl('apply -f f.yaml', { 'f.yaml': [level, schema, replicaSet] });
    cluster.fault({ fault: 'slow-disk', parameters: { slowness: '100x' } });
    cluster.runUntil(40_000);
    const sentAway = cluster.trace.after(0).filter(({ to, verb }) => to === 'kube-scheduler' && verb === '429');
    expect(sentAway.length).toBeGreaterThan(0);
    const pods = cluster.objects().filter((object) => object.kind === 'Pod');
    expect(pods.filter((pod) => stringAt(pod, 'status', 'phase') === 'Running')).toHaveLength(10);
  });
});
