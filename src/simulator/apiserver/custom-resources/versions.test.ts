import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import type { ApiResponse } from '../../messages.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const GROUP = 'sea.example.com';

function version(name: string, field: string, storage: boolean, more: JsonObject = {}): JsonObject {
  const spec = { type: 'object', properties: { masts: { type: 'integer' }, [field]: { type: 'string' } } };
  return {
    name,
    served: true,
    storage,
    schema: { openAPIV3Schema: { type: 'object', properties: { spec, status: { type: 'object' } } } },
    ...more,
  };
}

function definition(versions: readonly JsonObject[], more: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `ships.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList' },
      versions,
      ...more,
    },
  };
}

const V1 = version('v1', 'sail', true, { subresources: { status: {} } });
const V2 = version('v2', 'engine', false);
const BETA = version('v1beta1', 'oar', false, { served: false });
const DEFINITIONS = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions' };

function playing(crd: KubernetesObject) {
  const cluster = Cluster.create({ seed: 4, kinds });
  cluster.runUntil(3000);
  const ask = (call: ApiCall): ApiResponse => {
    const token = cluster.request(call);
    cluster.runUntil(cluster.nowMs + 2000);
    return cluster.answerTo(token)!;
  };
  ask({ verb: 'create', resource: DEFINITIONS, body: crd });
  cluster.runUntil(cluster.nowMs + 8000);
  const at = (name: string, more: Partial<ApiCall> = {}): ApiCall => ({
    verb: 'get',
    resource: { group: GROUP, version: name, plural: 'ships' },
    namespace: 'default',
    ...more,
  });
  const ship = (name: string, spec: JsonObject): KubernetesObject => ({
    apiVersion: `${GROUP}/${name}`,
    kind: 'Ship',
    metadata: { name: 'mary' },
    spec,
  });
  const stored = () => cluster.objects().find(({ kind }) => kind === 'Ship');
  return { cluster, ask, at, ship, stored };
}

const words = ({ body }: ApiResponse) => stringAt(body, 'message');

describe('a definition of several versions', () => {
  it('takes and shows objects in each that is served, and keeps them in the one that is stored', () => {
    const { ask, at, ship, stored } = playing(definition([V1, V2, BETA]));
    const made = ask(at('v2', { verb: 'create', body: ship('v2', { masts: 2, engine: 'steam' }) }));
    expect(made.body).toMatchObject({ apiVersion: `${GROUP}/v2`, spec: { masts: 2, engine: 'steam' } });
    // The schema of the stored version says what is left.
    expect(stored()).toMatchObject({ apiVersion: `${GROUP}/v1`, spec: { masts: 2 } });
    expect(valueAt(stored(), 'spec', 'engine')).toBeUndefined();
    expect(ask(at('v1', { name: 'mary' })).body).toMatchObject({ apiVersion: `${GROUP}/v1`, spec: { masts: 2 } });
    const list = ask(at('v2', { verb: 'list' })).body;
    expect(list?.apiVersion).toBe(`${GROUP}/v2`);
    expect(arrayAt(list, 'items').map((item) => stringAt(item, 'apiVersion'))).toEqual([`${GROUP}/v2`]);
    expect(ask(at('v1beta1', { name: 'mary' })).code).toBe(404);
    const wrong = ask(at('v2', { verb: 'create', body: ship('v1', {}) }));
    expect(words(wrong)).toBe(
      'the API version in the data (sea.example.com/v1) does not match the expected API version (sea.example.com/v2)',
    );
  });

  it('patches and judges in the version of the request, and counts what changes', () => {
    const { ask, at, ship, stored } = playing(definition([V1, V2]));
    ask(at('v1', { verb: 'create', body: ship('v1', { masts: 3, sail: 'red' }) }));
    const patch = (name: string, spec: JsonObject) =>
      ask(
        at(name, {
          verb: 'patch',
          name: 'mary',
          options: { patchType: 'merge', fieldManager: 'me' },
          body: { apiVersion: `${GROUP}/${name}`, kind: 'Ship', spec },
        }),
      );
    expect(patch('v2', { masts: 4 }).body).toMatchObject({ metadata: { generation: 2 }, spec: { masts: 4 } });
    // What the version of the request does not know is gone.
    expect(valueAt(stored(), 'spec', 'sail')).toBeUndefined();
    expect(words(patch('v2', { masts: 'many' }))).toContain('spec.masts in body must be of type integer');
    expect(ask(at('v2', { verb: 'delete', name: 'mary' })).body?.apiVersion).toBe(`${GROUP}/v2`);
  });

  it('is told of in the version of each watch', () => {
    const { cluster, ask, at, ship } = playing(definition([V1, V2]));
    const seen = (name: string) => cluster.request(at(name, { verb: 'watch', options: { allowWatchBookmarks: true } }));
    seen('v2');
    const before = cluster.trace.length;
    ask(at('v1', { verb: 'create', body: ship('v1', { masts: 3 }) }));
    const told = cluster.trace
      .after(before)
      .filter(({ class: what, verb, to }) => what === 'watch' && verb === 'ADDED' && to === 'client');
    expect(told.map(({ body }) => stringAt(body as JsonObject, 'apiVersion'))).toEqual([`${GROUP}/v2`]);
  });

  it('is discovered with all of them, the newest first, each with its own subresources', () => {
    const { ask, at, ship } = playing(definition([V1, V2]));
    const page = ask({ verb: 'get', path: '/apis', resource: { group: '', version: '', plural: '' } }).body;
    const group = arrayAt(page, 'items').find((item) => stringAt(item, 'metadata', 'name') === GROUP);
    expect(
      arrayAt(group, 'versions').map((entry) => [
        stringAt(entry, 'version'),
        arrayAt(arrayAt(entry, 'resources')[0], 'subresources').length,
      ]),
    ).toEqual([
      ['v2', 0],
      ['v1', 1],
    ]);
    ask(at('v1', { verb: 'create', body: ship('v1', {}) }));
    const status = { verb: 'update', name: 'mary', subresource: 'status' } as const;
    expect(ask(at('v2', { ...status, body: ship('v2', {}) })).code).toBe(404);
    expect(ask(at('v1', { ...status, body: { ...ship('v1', {}), status: {} } })).code).toBe(200);
  });

  it('that is stored in another from now on is kept so when somebody writes it', () => {
    const { ask, at, ship, stored } = playing(definition([V1, V2]));
    ask(at('v1', { verb: 'create', body: ship('v1', { masts: 3 }) }));
    const versions = [
      { ...V1, storage: false },
      { ...V2, storage: true },
    ];
    const changed = ask({
      verb: 'patch',
      resource: DEFINITIONS,
      name: `ships.${GROUP}`,
      options: { patchType: 'merge' },
      body: { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { versions } },
    });
    expect(valueAt(changed.body, 'status', 'storedVersions')).toEqual(['v1', 'v2']);
    expect(stored()?.apiVersion).toBe(`${GROUP}/v1`);
    const read = ask(at('v1', { name: 'mary' })).body!;
    const written = ask(at('v1', { verb: 'update', name: 'mary', body: read }));
    expect(written.code).toBe(200);
    expect(stored()?.apiVersion).toBe(`${GROUP}/v2`);
    expect(stringAt(written.body, 'metadata', 'resourceVersion')).not.toBe(
      stringAt(read, 'metadata', 'resourceVersion'),
    );
  });

  it('that a webhook converts is refused where nobody answers for the webhook', () => {
    const conversion = {
      strategy: 'Webhook',
      webhook: {
        conversionReviewVersions: ['v1'],
        clientConfig: { service: { namespace: 'sea', name: 'yard', path: '/convert' } },
      },
    };
    const { ask, at, ship } = playing(definition([V1, V2], { conversion }));
    expect(ask(at('v1', { verb: 'create', body: ship('v1', { masts: 3 }) })).code).toBe(201);
    const read = ask(at('v2', { name: 'mary' }));
    expect(read.code).toBe(500);
    expect(words(read)).toBe(
      'conversion webhook for sea.example.com/v1, Kind=Ship failed: Post "https://yard.sea.svc:443/convert?timeout=30s": service "yard" not found',
    );
  });
});

it('shows autoscaling/v1 what autoscaling/v2 keeps', () => {
  const { ask } = playing(definition([V1]));
  const at = (name: string): ApiCall => ({
    verb: 'get',
    resource: { group: 'autoscaling', version: name, plural: 'horizontalpodautoscalers' },
    namespace: 'default',
    name: 'web',
  });
  const spec = {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 5,
    targetCPUUtilizationPercentage: 70,
  };
  const { name: _, ...create } = at('v1');
  const body = { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec };
  expect(ask({ ...create, verb: 'create', body }).body).toMatchObject({ apiVersion: 'autoscaling/v1', spec });
  expect(ask(at('v2')).body).toMatchObject({
    apiVersion: 'autoscaling/v2',
    spec: { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 70 } } }] },
  });
  expect(ask(at('v1')).body).toMatchObject({ apiVersion: 'autoscaling/v1', spec });
});
