import { beforeAll, describe, expect, it } from 'vitest';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { ApiCall } from '../client/api-client.ts';
import { Cluster } from '../cluster.ts';
import type { ApiResponse, ApiVerb, RequestOptions } from '../messages.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { decodeContinue } from './continue-token.ts';
import { listOptionErrors } from './list-options.ts';
import { isRefusal } from './status.ts';
import tokens from './testdata/continue.json';
import listOptions from './testdata/list-options.json';

beforeAll(preloadKinds);

describe('options of lists and watches', () => {
  interface Case {
    readonly name: string;
    readonly verb: ApiVerb;
    readonly options: RequestOptions;
    readonly errors: readonly string[];
  }
  const source = { area: 'kube-apiserver', file: listOptions.source, release: listOptions.release } as const;
  const cases = listOptions.cases as unknown as readonly Case[];

  upstreamEach(source, 'TestValidateListOptions')(cases)('$name', ({ options, verb, errors }) => {
    expect(listOptionErrors(options, verb)).toEqual(errors);
  });
  upstreamLeftOut(source, listOptions.leftOut);
});

describe('tokens of pages', () => {
  const WORDS: Readonly<Record<string, string>> = {
    ErrUnrecognizedEncodedVersion: 'continue key is not valid: server does not recognize this encoded version',
    ErrInvalidStartRV: 'continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    ErrEmptyStartKey: 'continue key is not valid: encoded start key empty (version meta.k8s.io/v1)',
    ErrGenericInvalidKey: 'continue key is not valid',
  };
  const source = { area: 'kube-apiserver', file: tokens.source, release: tokens.release } as const;

  upstreamEach(source, 'Test_decodeContinue')(tokens.cases)('$name', ({ token, fromKey, revision, error }) => {
    const read = decodeContinue(btoa(JSON.stringify(token)).replaceAll('=', ''));
    if (error === undefined) expect(read).toEqual({ startKey: fromKey, revision });
    else expect(isRefusal(read) && read.message.startsWith(WORDS[error] ?? '-')).toBe(true);
  });
});

const CONFIG_MAPS = { group: '', version: 'v1', plural: 'configmaps' };
const namespace = 'kube-public';

/** A cluster with ConfigMaps `a`, `b` and `c`. */
function asking() {
  const cluster = Cluster.create({ seed: 3, kinds });
  cluster.runUntil(1000);
  const ask = (call: Partial<ApiCall>, waitMs = 1000): ApiResponse => {
    const token = cluster.request({ verb: 'list', resource: CONFIG_MAPS, namespace, ...call });
    cluster.runUntil(cluster.nowMs + waitMs);
    return cluster.answerTo(token)!;
  };
  const make = (name: string): ApiResponse =>
    ask({ verb: 'create', body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } } });
  for (const name of ['a', 'b', 'c']) make(name);
  return { cluster, ask, make };
}

const names = ({ body }: ApiResponse): readonly (string | undefined)[] =>
  arrayAt(body, 'items')
    .map((item) => stringAt(item, 'metadata', 'name'))
    .filter((name) => name !== 'kube-root-ca.crt');

describe('lists', () => {
  it('show on all pages the revision of the first, and go on after it is forgotten if the client wants that', () => {
    const { cluster, ask, make } = asking();
    const first = ask({ options: { limit: 2 } });
    expect(names(first)).toEqual(['a', 'b']);
    const token = stringAt(first.body, 'metadata', 'continue');
    make('bb');
    ask({ verb: 'delete', name: 'c' });
    const second = ask({ options: { limit: 2, continue: token! } });
    expect(names(second)).toEqual(['c']);
    expect(stringAt(second.body, 'metadata', 'resourceVersion')).toBe(
      stringAt(first.body, 'metadata', 'resourceVersion'),
    );
    cluster.runUntil(700_000);
    const late = ask({ options: { limit: 2, continue: token! } });
    expect(late).toMatchObject({ code: 410, body: { reason: 'Expired' } });
    const rest = ask({ options: { limit: 5, continue: stringAt(late.body, 'metadata', 'continue')! } });
    expect(names(rest)).toEqual(['bb']);
  });

  it('are of an exact revision, not older than one, or wait for one that is to come', () => {
    const { ask, make } = asking();
    const revision = stringAt(ask({}).body, 'metadata', 'resourceVersion')!;
    make('d');
    expect(names(ask({ options: { resourceVersion: revision, resourceVersionMatch: 'Exact' } }))).toHaveLength(3);
    expect(names(ask({ options: { resourceVersion: revision, resourceVersionMatch: 'NotOlderThan' } }))).toHaveLength(
      4,
    );
    expect(names(ask({ options: { resourceVersion: '0' } }))).toHaveLength(4);
    const future = ask({ options: { resourceVersion: String(Number(revision) + 100_000) } }, 3500);
    expect(future).toMatchObject({ code: 504, body: { reason: 'Timeout' } });
    expect(stringAt(future.body, 'message')).toMatch(/^Timeout: Too large resource version: \d+, current: \d+$/);
    expect(numberAt(future.body, 'details', 'retryAfterSeconds')).toBe(1);
  });

  it('are tables for those who ask for tables', () => {
    const { ask } = asking();
    const { body } = ask({ verb: 'get', name: 'a', options: { asTable: true } });
    expect(arrayAt(body, 'columnDefinitions').map((column) => stringAt(column, 'name'))).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(arrayAt(body, 'rows')).toMatchObject([{ cells: ['a', 0, '3s'], object: { metadata: { name: 'a' } } }]);
  });
});

const told = (cluster: Cluster, verb: string) =>
  cluster.trace.after(0).filter((entry) => entry.class === 'watch' && entry.to === 'client' && entry.verb === verb);

describe('watches', () => {
  it('end in time, bring bookmarks, and are refused where the past is forgotten', () => {
    const { cluster, ask } = asking();
    ask({ verb: 'watch', options: { resourceVersion: '1', allowWatchBookmarks: true, timeoutSeconds: 150 } });
    expect(told(cluster, 'WATCH')).toHaveLength(0);
    const revision = stringAt(ask({}).body, 'metadata', 'resourceVersion')!;
    ask({ verb: 'watch', options: { resourceVersion: revision, allowWatchBookmarks: true, timeoutSeconds: 150 } });
    cluster.runUntil(200_000);
    expect(told(cluster, 'BOOKMARK')).toHaveLength(2);
    expect(told(cluster, 'TIMEOUT')).toHaveLength(1);
  });
});
