import { expect, it } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamSource } from '../../base/testing/upstream-table.ts';
import { admissionChain } from '../admission-chain.ts';
import { isRefusal } from '../answer.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import { requestOf } from '../testing/request-of.ts';
import type { EventLimit, EventRateLimitConfiguration } from './configuration.ts';
import { validateEventRateLimit } from './configuration.ts';
import { eventRateLimitWith } from './event-rate-limit.ts';
import type { EventRates } from './event-rates.ts';
import { takeEvent } from './event-rates.ts';

interface Asked {
  /** Seconds that pass before it. */
  readonly after?: number;
  readonly kind?: string;
  readonly namespace?: string;
  readonly user?: string;
  readonly event?: JsonObject;
  readonly dryRun?: true;
  readonly blocked?: true;
}

const limit = (type: EventLimit['type'], burst: number, cacheSize = 0): Partial<EventLimit> => ({
  type,
  qps: 1,
  burst,
  cacheSize,
});
const SERVER = [limit('Server', 3)];
const wide = (type: EventLimit['type'], burst: number, cacheSize = 10): readonly Partial<EventLimit>[] => [
  limit('Server', 100),
  limit(type, burst, cacheSize),
];

/** `A A B A!` with `!` for blocked and `1s` for a second that passes; each becomes a request of its own. */
function asked(text: string, request: (letter: string) => Asked): readonly Asked[] {
  let after = 0;
  return text.split(' ').flatMap((word) => {
    if (word === '1s') return ((after += 1), []);
    const one = { ...request(word.charAt(0)), after, ...(word.endsWith('!') ? { blocked: true as const } : {}) };
    after = 0;
    return [one];
  });
}

const events = (text: string): readonly Asked[] =>
  asked(text, (letter) => (letter === 'n' ? { kind: 'ConfigMap' } : letter === 'd' ? { dryRun: true } : {}));
const namespaces = (text: string): readonly Asked[] => asked(text, (namespace) => ({ namespace }));
const users = (text: string): readonly Asked[] => asked(text, (user) => ({ user }));
const components = (text: string): readonly Asked[] =>
  asked(text, (component) => ({ event: { source: { component } } }));
const parts = (event: (label: string) => JsonObject): readonly Asked[] =>
  asked('A A! B', (label) => ({ event: event(label) }));

type Case = readonly [name: string, limits: readonly Partial<EventLimit>[], requests: readonly Asked[]];

const by = (
  type: 'Namespace' | 'SourceAndObject',
  word: string,
  of: (text: string) => readonly Asked[],
): readonly Case[] => {
  const [one, plural] = [word, type === 'Namespace' ? 'namespaces' : word];
  return [
    [`event blocked by ${one} limits`, wide(type, 3), of('A A A A!')],
    [`event from other ${one} not blocked`, wide(type, 3), of('A A A B')],
    [`events from other ${plural} should not count against limit`, wide(type, 3), of('A A B A')],
    [`event accepted after ${one} token refill`, wide(type, 3), of('A A A A! 1s A')],
    [`event from other ${plural} should not clear ${one} limits`, wide(type, 3), of('A A A B A!')],
    [
      `${one} limits from lru ${one} should clear when cache size exceeded`,
      wide(type, 3, 2),
      of('A A B B B A B! A! C A! B'),
    ],
  ];
};

const SOURCE = upstreamSource('admission', 'plugin/pkg/admission/eventratelimit/admission_test.go, 1.36.2');

const CASES: readonly Case[] = [
  ['event not blocked when tokens available', SERVER, events('e')],
  ['non-event not blocked', SERVER, events('n')],
  ['event blocked after tokens exhausted', SERVER, events('e e e e!')],
  ['event not blocked by dry-run requests', SERVER, events('e e d d d d e e! d')],
  ['non-event not blocked after tokens exhausted', SERVER, events('e e e n')],
  ['non-events should not count against limit', SERVER, events('e e n e')],
  ['event accepted after token refill', SERVER, events('e e e e! 1s e')],
  ...by('Namespace', 'namespace', namespaces),
  ...by('SourceAndObject', 'source+object', components),
  [
    'source host should be included in source+object key',
    wide('SourceAndObject', 1),
    parts((host) => ({ source: { host } })),
  ],
  ...['kind', 'namespace', 'name', 'uid', 'apiVersion'].map((field): Case => {
    const words = field === 'uid' ? 'UID' : field === 'apiVersion' ? 'APIVersion' : field;
    const name = `involved object ${words} should be included in source+object key`;
    return [name, wide('SourceAndObject', 1), parts((label) => ({ involvedObject: { [field]: label } }))];
  }),
  ['event blocked by user limits', [limit('User', 3, 10)], users('A A A A!')],
  ['event from other user not blocked', [limit('User', 3, 10)], users('A A A B')],
  ['events from other user should not count against limit', [limit('User', 3, 10)], users('A A B A')],
];

upstreamEach(SOURCE, 'TestEventRateLimiting')(CASES)('%s', (_, limits, requests) => {
  const plugin = eventRateLimitWith({ limits });
  const eventRates: EventRates = [];
  let nowMs = 0;
  const blocked = requests.map(
    ({ after = 0, kind = 'Event', namespace = '', user = '', event = {}, dryRun = false }) => {
      nowMs += after * 1000;
      const object = { apiVersion: 'v1', kind, metadata: { name: 'name' }, ...event };
      const request = requestOf(object, { namespace, user: { name: user, groups: [] }, dryRun });
      const answer = plugin.validate?.(request, clusterOf([], { eventRates, nowMs }));
      if (isRefusal(answer)) expect(answer.code).toBe(429);
      return isRefusal(answer);
    },
  );
  expect(blocked).toEqual(requests.map((request) => request.blocked === true));
});

const LRU = upstreamSource('admission', 'plugin/pkg/admission/eventratelimit/cache_test.go, 1.36.2');

upstreamEach(LRU, 'TestLRUCache')([['keeps what was used last', '0 0 1 1 0 2 2 0 1'] as const])('%s', (_, keys) => {
  const [rates, limits]: [EventRates, EventLimit] = [[], { type: 'User', qps: 1, burst: 10, cacheSize: 2 }];
  const left = keys.split(' ').map((key) => {
    takeEvent(rates, 0, limits, key, 0);
    return (rates[0]?.get(key)?.tokens ?? 0) / 1000;
  });
  // The key 1 was dropped for the key 2 and starts anew.
  expect(left).toEqual([9, 8, 9, 8, 7, 9, 8, 6, 9]);
});

const CONFIGURATION = upstreamSource(
  'admission',
  'plugin/pkg/admission/eventratelimit/apis/eventratelimit/validation/validation_test.go, 1.36.2',
);
const [burst, qps, cacheSize] = [25, 10, 1000];

upstreamEach(
  CONFIGURATION,
  'TestValidateConfiguration',
)<readonly [name: string, limits: EventRateLimitConfiguration['limits'], errors: readonly string[]]>([
  ['valid server', [{ type: 'Server', burst: 5, qps: 1 }], []],
  ['valid namespace', [{ type: 'Namespace', burst: 10, qps: 2, cacheSize: 100 }], []],
  ['valid user', [{ type: 'User', burst: 10, qps: 2, cacheSize: 100 }], []],
  ['valid source+object', [{ type: 'SourceAndObject', burst: 5, qps: 1, cacheSize }], []],
  [
    'valid multiple',
    [
      { type: 'Server', burst: 5, qps: 1 },
      { type: 'Namespace', burst: 10, qps: 2, cacheSize: 100 },
      { type: 'SourceAndObject', burst, qps, cacheSize },
    ],
    [],
  ],
  ['missing limits', undefined, ['limits: Invalid value: null: must not be empty']],
  [
    'missing type',
    [{ burst, qps, cacheSize }],
    ['limits[0].type: Unsupported value: "": supported values: "Namespace", "Server", "SourceAndObject", "User"'],
  ],
  [
    'invalid type',
    [{ type: 'unknown-type', burst, qps, cacheSize }],
    [
      'limits[0].type: Unsupported value: "unknown-type": supported values: "Namespace", "Server", "SourceAndObject", "User"',
    ],
  ],
  ['missing burst', [{ type: 'Server', qps: 1 }], ['limits[0].burst: Invalid value: 0: must be positive']],
  ['missing qps', [{ type: 'Server', burst: 5 }], ['limits[0].qps: Invalid value: 0: must be positive']],
  [
    'negative cache size',
    [{ type: 'Namespace', burst: 10, qps: 2, cacheSize: -1 }],
    ['limits[0].cacheSize: Invalid value: -1: must not be negative'],
  ],
])('%s', (_, limits, errors) => {
  expect(validateEventRateLimit(limits === undefined ? {} : { limits }).map(formatFieldError)).toEqual(errors);
});

it('says which limit was reached, and for whom', () => {
  const plugin = eventRateLimitWith({ limits: [limit('Server', 1), limit('User', 1)] });
  const view = clusterOf([], { eventRates: [] });
  const request = requestOf({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' } });
  expect(plugin.validate?.(request, view)).toBeUndefined();
  expect(plugin.validate?.(request, view)).toMatchObject({
    message: 'Too many requests: [limit reached on type Server for key , limit reached on type User for key admin]',
  });
});

it('cannot be switched on without limits', () => {
  expect(() => admissionChain({ enable: ['EventRateLimit'] })).toThrow('does not start without limits');
  const chain = admissionChain({ enable: ['EventRateLimit'], eventRateLimit: { limits: SERVER } });
  expect(chain.find(({ name }) => name === 'EventRateLimit')?.validate).toBeDefined();
});
