import { beforeAll, beforeEach, describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { ApiResponse } from '../../messages.ts';
import { AskedServer } from '../testing/asked-server.ts';
import { preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

interface EvictionCase {
  readonly name: string;
  readonly test: string;
  readonly policy: string;
  readonly selector: JsonObject;
  readonly status: JsonObject;
  readonly error: string;
  readonly podName: string;
  readonly phase?: string;
  readonly ready?: string;
  readonly badName?: boolean;
  readonly terminating?: boolean;
}

/** `bar-reason` is no reason that the server lets a condition have; upstream's client does not ask. */
const file = upstreamFile<EvictionCase>(new URL('./testdata/eviction.json', import.meta.url));
const source = { area: 'kube-apiserver', file: file.source, release: file.release } as const;

const namespace = 'default';
const PODS = { resource: { group: '', version: 'v1', plural: 'pods' }, namespace } as const;
const BUDGETS = { resource: { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' }, namespace } as const;

let server: AskedServer;
beforeAll(() => {
  server = new AskedServer('alone');
});
beforeEach(() => {
  for (const place of [PODS, BUDGETS]) {
    const all = server.ask({ ...place, verb: 'list' });
    for (const item of arrayAt(all.body, 'items'))
      server.ask({
        ...place,
        verb: 'delete',
        name: stringAt(item, 'metadata', 'name') ?? '',
        options: { gracePeriodSeconds: 0 },
      });
  }
});

function makePod(name: string, phase?: string, ready?: string): ApiResponse {
  const body: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { a: 'true' } },
    spec: { nodeName: 'foo', terminationGracePeriodSeconds: 30, containers: [{ name: 'foo', image: 'test' }] },
  };
  const made = server.ask({ ...PODS, verb: 'create', body });
  const conditions = ready === undefined ? [] : [{ type: 'Ready', status: ready }];
  if (phase === undefined && ready === undefined) return made;
  return server.ask({
    ...PODS,
    verb: 'patch',
    name,
    subresource: 'status',
    options: { patchType: 'merge' },
    body: { apiVersion: 'v1', kind: 'Pod', status: { ...(phase === undefined ? {} : { phase }), conditions } },
  });
}

function makeBudget(selector: JsonObject, status: JsonObject, policy?: string): void {
  const more = policy === undefined ? {} : { unhealthyPodEvictionPolicy: policy };
  const budget: KubernetesObject = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'foo', namespace },
    spec: { minAvailable: 1, selector, ...more },
  };
  const made = server.ask({ ...BUDGETS, verb: 'create', body: budget });
  const body = { ...made.body!, status: { ...status, observedGeneration: 1 } };
  const told = server.ask({ ...BUDGETS, verb: 'update', name: 'foo', subresource: 'status', body });
  expect(told.code).toBe(200);
}

function evict(name: string, deleteOptions: JsonObject, options: ApiCall['options'] = {}, url = name): ApiResponse {
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions };
  return server.ask({ ...PODS, verb: 'create', name: url, subresource: 'eviction', body, options });
}

function withReason<Value extends JsonValue>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('bar-reason', 'bar_reason')) as Value;
}

/** As upstream's tests print an error: message, reason, causes. */
function wordsOf({ code, body }: ApiResponse): string {
  if (code < 300) return '';
  const causes = arrayAt(body, 'details', 'causes').map((cause) => stringAt(cause, 'message') ?? '');
  return [stringAt(body, 'message'), stringAt(body, 'reason'), ...causes].join(': ');
}

const get = (name: string) => server.ask({ ...PODS, verb: 'get', name });

describe('an eviction', () => {
  upstreamEach<EvictionCase>(source)(file.cases)('$test/$name with $policy policy', (row) => {
    makeBudget(row.selector, withReason(row.status), row.policy === 'nil' ? undefined : row.policy);
    makePod(row.podName, row.phase, row.ready);
    if (row.terminating === true)
      server.ask({ ...PODS, verb: 'delete', name: row.podName, options: { gracePeriodSeconds: 300 } });
    const url = row.badName === true ? `${row.podName}bad-name` : row.podName;
    const answer = evict(row.podName, { gracePeriodSeconds: row.terminating === true ? 300 : 0 }, {}, url);
    expect(wordsOf(answer)).toBe(withReason(row.error));
    const isGone = get(row.podName).code === 404;
    expect(isGone).toBe(row.error === '' && row.terminating !== true);
  });

  upstreamEach(
    source,
    'TestEvictionWithDeleteOptions',
  )([
    ['dry run - just request-options', true, [], false, ''],
    ['dry run - just eviction-options', false, ['All'], false, ''],
    ['dry run - both options', true, ['All'], false, ''],
    ['dry run - with pdbs', true, ['All'], true, ''],
    [
      'ignoreStoreReadErrorWithClusterBreakingPotential is set, invalid error expected',
      false,
      undefined,
      false,
      'Eviction.policy "foo" is invalid: deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: can not be set for pod eviction, try after removing the option',
    ],
  ] as const)('%s', (_, dryRun, asked, hasBudget, error) => {
    makePod('foo');
    if (hasBudget) makeBudget({ matchLabels: { a: 'true' } }, { ...NOTHING, disruptionsAllowed: 1 });
    const options =
      asked === undefined ? { ignoreStoreReadErrorWithClusterBreakingPotential: true } : { dryRun: asked };
    const answer = evict('foo', options, dryRun ? { dryRun } : {});
    expect(stringAt(answer.body, 'message') ?? '').toBe(error);
    expect(valueAt(get('foo').body, 'metadata', 'deletionTimestamp')).toBeUndefined();
  });

  const NOTHING = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

  upstreamEach(
    source,
    'TestEvictionPDBStatus',
  )([
    ['pdb status is updated after eviction', 1, 0, 'InsufficientPods'],
    ['condition reason is only updated if AllowedDisruptions becomes 0', 3, 2, 'SufficientPods'],
  ] as const)('%s', (_, before, after, reason) => {
    const condition = {
      type: 'DisruptionAllowed',
      status: 'True',
      reason: 'SufficientPods',
      message: '',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    makeBudget({ matchLabels: { a: 'true' } }, { ...NOTHING, disruptionsAllowed: before, conditions: [condition] });
    for (const name of ['foo-1', 'foo-2']) makePod(name, 'Running');
    expect(evict('foo-1', {}).code).toBe(201);
    const budget = server.ask({ ...BUDGETS, verb: 'get', name: 'foo' }).body;
    expect(numberAt(budget, 'status', 'disruptionsAllowed')).toBe(after);
    expect(stringAt(arrayAt(budget, 'status', 'conditions')[0], 'reason')).toBe(reason);
  });

  upstreamEach(
    source,
    'TestAddConditionAndDelete',
  )([
    ['simple', undefined, ''],
    ['missing', undefined, 'pods "foo" not found'],
    ['valid uid', ['uid', ''], ''],
    ['invalid uid', ['uid', '1'], 'The object might have been deleted and then recreated'],
    ['valid resourceVersion', ['resourceVersion', ''], ''],
    ['invalid resourceVersion', ['resourceVersion', '1'], 'The object might have been modified'],
  ] as const)('%s', (name, precondition, error) => {
    const pod = name === 'missing' ? undefined : makePod('foo').body;
    const [field = '', added = ''] = precondition ?? [];
    const value = `${stringAt(pod, 'metadata', field) ?? ''}${added}`;
    const answer = evict('foo', field === '' ? {} : { preconditions: { [field]: value } });
    if (error === '') {
      expect(answer.code).toBe(201);
      const [condition] = arrayAt(get('foo').body, 'status', 'conditions');
      expect(stringAt(condition, 'type')).toBe('DisruptionTarget');
      expect(valueAt(get('foo').body, 'metadata', 'deletionTimestamp')).toBeDefined();
    } else expect(stringAt(answer.body, 'message')).toContain(error);
  });

  upstreamLeftOut(source, file.leftOut);
});
