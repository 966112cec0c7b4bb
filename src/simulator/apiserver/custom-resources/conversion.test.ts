import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ConversionAnswer } from '../../behaviour/behaviour.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import type { ApiResponse } from '../../messages.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const GROUP = 'sea.example.com';

function version(name: string, field: string, storage: boolean): JsonObject {
  const spec = { type: 'object', properties: { masts: { type: 'integer' }, [field]: { type: 'string' } } };
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  return { name, served: true, storage, schema };
}

/** Ships have sails in v1, which is stored, and engines in v2; a Pod converts. */
const SHIPS: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sea' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'yard', namespace: 'sea' },
    spec: { selector: { app: 'yard' }, ports: [{ port: 443, targetPort: 9443 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'yard', namespace: 'sea', labels: { app: 'yard' } },
    spec: { containers: [{ name: 'yard', image: 'yard:1', ports: [{ containerPort: 9443 }] }] },
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `ships.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList' },
      versions: [version('v1', 'sail', true), version('v2', 'engine', false)],
      conversion: {
        strategy: 'Webhook',
        webhook: {
          conversionReviewVersions: ['v1'],
          clientConfig: { service: { namespace: 'sea', name: 'yard', path: '/convert' } },
        },
      },
    },
  },
];

const move = (from: string, path: string): JsonObject => ({ op: 'move', from: `/spec/${from}`, path: `/spec/${path}` });
const BOTH_WAYS: readonly ConversionAnswer[] = [
  { of: { to: 'v2', name: 'lost*' }, failure: 'no engine is known' },
  { of: { to: 'v2', name: 'odd' }, patch: [{ op: 'replace', path: '/metadata/name', value: 'other' }] },
  { of: { to: 'v2' }, takesMs: 300, patch: [move('sail', 'engine')] },
  { of: { to: 'v1' }, patch: [move('engine', 'sail')] },
];

function playing(conversions: readonly ConversionAnswer[] = BOTH_WAYS) {
  const behaviours = [{ match: { webhook: `conversion_webhook_for_ships.${GROUP}` }, conversions }];
  const cluster = Cluster.create({ seed: 4, kinds, behaviours });
  cluster.runUntil(3000);
  cluster.kubectl('apply -f all', { all: SHIPS });
  cluster.runUntil(25_000);
  const ask = (call: ApiCall): ApiResponse => {
    const token = cluster.request(call);
    cluster.runUntil(cluster.nowMs + 2000);
    return cluster.answerTo(token)!;
  };
  const at = (name: string, more: Partial<ApiCall> = {}): ApiCall => ({
    verb: 'get',
    resource: { group: GROUP, version: name, plural: 'ships' },
    namespace: 'default',
    ...more,
  });
  const make = (name: string, apiVersion: string, spec: JsonObject): ApiResponse =>
    ask(
      at(apiVersion, {
        verb: 'create',
        body: { apiVersion: `${GROUP}/${apiVersion}`, kind: 'Ship', metadata: { name }, spec },
      }),
    );
  const stored = () => cluster.objects().find(({ kind }) => kind === 'Ship');
  const reviews = () => cluster.trace.after(0).filter(({ body }) => stringAt(body, 'kind') === 'ConversionReview');
  return { cluster, ask, at, make, stored, reviews };
}

const words = ({ body }: ApiResponse) => stringAt(body, 'message');

describe('custom resources that a webhook converts', () => {
  it('are stored in one version, and written, read, listed and changed in another', () => {
    const { ask, at, make, stored, reviews } = playing();
    const made = make('mary', 'v2', { masts: 2, engine: 'steam' });
    expect(made).toMatchObject({ code: 201, body: { apiVersion: `${GROUP}/v2`, spec: { engine: 'steam' } } });
    expect(stored()).toMatchObject({ apiVersion: `${GROUP}/v1`, spec: { masts: 2, sail: 'steam' } });
    const [review] = reviews();
    expect(review).toMatchObject({ object: `Ship.${GROUP}/default/mary`, to: 'linux/cp-1' });
    expect(valueAt(review!.body, 'request')).toMatchObject({ desiredAPIVersion: `${GROUP}/v1` });
    expect(make('ann', 'v1', { sail: 'red' }).code).toBe(201);
    expect(ask(at('v2', { name: 'ann' })).body).toMatchObject({ apiVersion: `${GROUP}/v2`, spec: { engine: 'red' } });
    const list = ask(at('v2', { verb: 'list' })).body;
    expect(arrayAt(list, 'items').map((item) => valueAt(item, 'spec', 'engine'))).toEqual(['red', 'steam']);
    const body: KubernetesObject = {
      apiVersion: `${GROUP}/v2`,
      kind: 'Ship',
      metadata: {},
      spec: { engine: 'diesel' },
    };
    const patched = ask(at('v2', { verb: 'patch', name: 'mary', options: { patchType: 'merge' }, body }));
    expect(patched.body).toMatchObject({ metadata: { generation: 2 }, spec: { masts: 2, engine: 'diesel' } });
    expect(ask(at('v1', { name: 'mary' })).body).toMatchObject({ spec: { masts: 2, sail: 'diesel' } });
    expect(ask(at('v2', { verb: 'delete', name: 'mary' })).body).toMatchObject({ spec: { engine: 'diesel' } });
    expect(ask(at('v1', { name: 'mary' })).code).toBe(404);
  });

  it('are told of in the order of their changes, each once it is converted', () => {
    const { cluster, at, make } = playing();
    cluster.request(at('v2', { verb: 'watch', options: { allowWatchBookmarks: true } }));
    cluster.runUntil(cluster.nowMs + 1000);
    const before = cluster.trace.length;
    make('mary', 'v1', { sail: 'red' });
    make('ann', 'v1', { sail: 'blue' });
    const told = () =>
      cluster.trace
        .after(before)
        .filter(({ class: what, verb, to }) => what === 'watch' && verb === 'ADDED' && to === 'client');
    expect(told().map(({ body }) => valueAt(body, 'spec', 'engine'))).toEqual(['red', 'blue']);
    // What cannot be converted ends the watch.
    make('lost', 'v1', { sail: 'white' });
    expect(cluster.trace.after(before).some(({ verb, to }) => verb === 'CLOSED' && to === 'client')).toBe(true);
    expect(told()).toHaveLength(2);
  });

  it('cannot be read where the webhook fails, in the words of the server', () => {
    const { ask, at, make } = playing();
    for (const name of ['lost', 'odd']) make(name, 'v1', { sail: 'red' });
    const [lost, odd] = ['lost', 'odd'].map((name) => ask(at('v2', { name })));
    expect([lost!.code, words(lost!)]).toEqual([
      500,
      'conversion webhook for sea.example.com/v1, Kind=Ship failed: no engine is known',
    ]);
    expect(words(odd!)).toBe(
      'conversion webhook for sea.example.com/v1, Kind=Ship returned invalid object: must have the same name: odd != other',
    );
    expect(words(ask(at('v2', { verb: 'list' })))).toContain('no engine is known');
    expect(ask(at('v1', { name: 'lost' })).code).toBe(200);
    const down = playing([{ code: 503 }]);
    expect(words(down.make('mary', 'v2', {}))).toBe(
      'conversion webhook for sea.example.com/v2, Kind=Ship failed: the server is currently unable to handle the request',
    );
    expect(down.stored()).toBeUndefined();
  });

  it('give the same run twice', () => {
    const run = () => {
      const { cluster, at, make, ask } = playing();
      make('mary', 'v2', { engine: 'steam' });
      ask(at('v2', { name: 'mary' }));
      return cluster.trace.digest;
    };
    expect(run()).toBe(run());
  });
});
