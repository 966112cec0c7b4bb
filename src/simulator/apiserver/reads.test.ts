import { beforeAll, describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamFile } from '../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import type { Selection } from './selectors.ts';
import { isSelected } from './selectors.ts';
import type { RequestOptions, WatchEvent } from '../messages.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { encodeContinue } from './continue-token.ts';
import { nameSelected } from './gates/authorization.ts';
import { watchRevision } from './handling.ts';
import { isForEtcd, placeOf } from './list.ts';
import { managerOf } from './managed-fields.ts';
import { isRefusal } from './status.ts';
import { seenThrough } from './watchers.ts';

beforeAll(preloadKinds);

const source = (file: string) =>
  ({ area: 'kube-apiserver', file: `staging/src/k8s.io/apiserver/pkg/${file}`, release: '1.36.2' }) as const;
const CACHER = source('storage/cacher/cacher_whitebox_test.go');
const WATCHER = source('storage/cacher/cache_watcher_test.go');

/** The cache shows revision 100; etcd is at 120, and an older client was shown 80. */
const [OLD, CACHE, NEW] = [80, 100, 120];

interface ListCase {
  readonly options: RequestOptions;
  readonly etcd: boolean;
}

/** The options that upstream's test puts together, with both its gates on and no snapshot at hand. */
function listCases(): readonly ListCase[] {
  const cases: ListCase[] = [];
  const add = (options: RequestOptions, etcd: boolean): void => void cases.push({ options, etcd });
  for (const limit of [0, 100]) {
    add({ limit }, false);
    add({ limit, resourceVersion: '0' }, false);
    add({ limit, resourceVersion: '0', resourceVersionMatch: 'NotOlderThan' }, false);
    for (const revision of [OLD, CACHE, NEW, -1]) {
      const token = encodeContinue({ startKey: 'foo', revision });
      add({ limit, continue: token }, revision === OLD);
      add({ limit, continue: token, resourceVersion: '0' }, revision === OLD);
    }
    for (const revision of [OLD, CACHE, NEW]) {
      const resourceVersion = String(revision);
      add({ limit, resourceVersion }, revision === OLD && limit > 0);
      add({ limit, resourceVersion, resourceVersionMatch: 'Exact' }, revision === OLD);
      add({ limit, resourceVersion, resourceVersionMatch: 'NotOlderThan' }, false);
    }
  }
  return cases;
}

const titled = listCases().map(({ options, etcd }) => {
  const { limit, resourceVersion = '', resourceVersionMatch = '', continue: token } = options;
  const place = placeOf({ continue: token ?? '' });
  const page = token === undefined || isRefusal(place) ? '' : ` continue at ${place.revision}`;
  return { name: `rv "${resourceVersion}" ${resourceVersionMatch} limit ${limit ?? 0}${page}`, options, etcd };
});

describe('a list', () => {
  upstreamEach(CACHER, 'TestShouldDelegateList')(titled)('$name', ({ options, etcd }) => {
    const place = placeOf(options);
    expect(!isRefusal(place) && isForEtcd(place, CACHE)).toBe(etcd);
  });
  upstreamLeftOut(CACHER, {
    'TestShouldDelegateList/with a snapshot of revision 80': {
      count: 8,
      reason: 'the cache keeps no past: etcd is asked',
    },
    'TestShouldDelegateList with other gates': { count: 4, reason: 'the gates are on in 1.36' },
    'TestShouldDelegateList of one object': { count: 40, reason: 'the same answers as for many, by the same function' },
  });
});

describe('a watch', () => {
  const rows = ['', '0', '95'].flatMap((rv) =>
    [true, false].flatMap((bookmarks) =>
      [undefined, true, false].map((initial) => {
        const [rvText, initialText] = [rv === '' ? 'unset' : rv, initial ?? 'nil'];
        return {
          name: `RV=${rvText}, allowWatchBookmarks=${bookmarks}, sendInitialEvents=${initialText}`,
          options: {
            resourceVersion: rv,
            allowWatchBookmarks: bookmarks,
            ...(initial === undefined ? {} : { sendInitialEvents: initial }),
          },
          want: rv === '' && initial !== undefined ? CACHE : Number(rv),
        };
      }),
    ),
  );
  upstreamEach(CACHER, 'TestGetWatchCacheResourceVersion')(rows)('$name', ({ options, want }) => {
    const revision = watchRevision(options);
    expect(revision === 'newest' ? CACHE : revision).toBe(want);
  });

  const pod = (nodeName: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { nodeName },
  });
  upstreamEach(
    WATCHER,
    'TestCacheWatcherHandlesFiltering',
  )([
    ['starts with the filter, is deleted, is added again', ['host', '', 'host'], ['ADDED 1', 'DELETED 2', 'ADDED 3']],
    ['changes before the filter are ignored', ['', '', 'host', 'host', '', ''], ['ADDED 3', 'MODIFIED 4', 'DELETED 5']],
  ] as const)('%s', (_, nodes, want) => {
    const events = nodes.map((node, index): WatchEvent => {
      const before = nodes[index - 1];
      const change = { key: 'p', object: pod(node), revision: index + 1 };
      return before === undefined ? { ...change, type: 'ADDED' } : { ...change, type: 'MODIFIED', old: pod(before) };
    });
    const seen = events.flatMap((event) => seenThrough({ fieldSelector: 'spec.nodeName=host' }, event));
    expect(seen.map(({ type, revision }) => `${type} ${revision}`)).toEqual(want);
  });
  upstreamLeftOut(WATCHER, {
    'goroutines, channels and their buffers': { count: 9, reason: 'a message is sent at once and waits for nobody' },
  });
});

describe('what a request names', () => {
  const REQUEST = source('endpoints/request/requestinfo_test.go');
  upstreamEach(
    REQUEST,
    'TestSelectorParsing',
  )([
    ['no selector', 'list', undefined, undefined],
    ['metadata.name selector', 'list', 'metadata.name=name1', 'name1'],
    ['metadata.name selector with watch', 'watch', 'metadata.name=name1', 'name1'],
    ['random selector', 'list', 'foo=bar', undefined],
    ['invalid selector with metadata.name', 'list', 'metadata.name=name1,foo', undefined],
    ['invalid selector with metadata.name with watch', 'watch', 'metadata.name=name1,foo', undefined],
    ['invalid selector with metadata.name with watch false', 'list', 'metadata.name=name1,foo', undefined],
    ['selector on deletecollection is honored', 'deletecollection', 'foo=bar', undefined],
    ['selector on other verb is ignored', 'get', 'metadata.name=bar', undefined],
  ] as const)('%s', (_, verb, selector, want) => expect(nameSelected(verb, selector)).toBe(want));
  upstreamLeftOut(REQUEST, {
    'TestSelectorParsing of repeated parameters and deprecated paths': {
      count: 3,
      reason: 'requests are no URLs here',
    },
    'TestGetAPIRequestInfo and TestGetNonAPIRequestInfo': { count: 49, reason: 'requests are no URLs here' },
  });

  const MANAGER = source('endpoints/handlers/create_test.go');
  upstreamEach(
    MANAGER,
    'TestManagerOrUserAgent',
  )([
    ['a browser', '', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)', 'Mozilla'],
    ['too long', '', `${'f'.repeat(129)}/Something`, 'f'.repeat(128)],
    ['too long in bytes', '', '🍔'.repeat(60), '🍔'.repeat(32)],
    ['said by the client', 'manager', 'userAgent', 'manager'],
  ] as const)('%s', (_, manager, agent, want) => expect(managerOf(manager, agent)).toBe(want));
});

interface WatchStep extends JsonObject {
  readonly name: string;
}

interface WatchCase extends JsonObject {
  readonly name: string;
  readonly selection: Selection & JsonObject;
  readonly steps: readonly WatchStep[];
}

interface ListOfPods extends JsonObject {
  readonly name: string;
  readonly selection: Selection & JsonObject;
  readonly pods: readonly WatchStep[];
  readonly want: readonly WatchStep[];
}

describe('what a list and a watch with a selection see', () => {
  const {
    source: file,
    release,
    cases,
    leftOut,
  } = upstreamFile<WatchCase>(new URL('./testdata/watcher-tests.json', import.meta.url));
  const watcher = { area: 'kube-apiserver', file, release } as const;

  function podOf({ name, namespace, node, phase, selected }: WatchStep): KubernetesObject {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        ...(selected === true ? { labels: { select: 'true' } } : {}),
      },
      spec: node === undefined ? {} : { nodeName: node },
      ...(phase === undefined ? {} : { status: { phase } }),
    };
  }

  const lists = upstreamFile<ListOfPods>(new URL('./testdata/store-tests.json', import.meta.url));
  const store = { area: 'kube-apiserver', file: lists.source, release: lists.release } as const;
  upstreamEach(store)(lists.cases.map((one) => [one.name, one] as const))('%s', (_name, { selection, pods, want }) => {
    expect(pods.map(podOf).filter((pod) => isSelected(pod, selection))).toEqual(want.map(podOf));
  });

  upstreamEach(watcher)(cases.map((one) => [one.name, one] as const))('%s', (_name, { selection, steps }) => {
    const stored = new Map<string, KubernetesObject>();
    for (const [at, step] of steps.entries()) {
      const key = `${String(step['namespace'])}/${step.name}`;
      const old = stored.get(key);
      const isGone = step['gone'] === true;
      const object = isGone ? old! : podOf(step);
      if (isGone) stored.delete(key);
      else stored.set(key, object);
      const type = isGone ? 'DELETED' : old === undefined ? 'ADDED' : 'MODIFIED';
      const event: WatchEvent = { type, key, object, revision: at + 1, ...(old === undefined ? {} : { old }) };
      const seen = seenThrough(selection, event).map((told) => told.type);
      expect(seen, JSON.stringify(step)).toEqual(step['want'] === undefined ? [] : [step['want']]);
    }
  });

  upstreamLeftOut(watcher, leftOut);
  upstreamLeftOut(store, lists.leftOut);
});
