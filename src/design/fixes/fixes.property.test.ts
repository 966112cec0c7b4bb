import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, valueAt } from '../../base/json.ts';
import { contextOf, designOf } from '../testing/design-of.ts';
import { allProblems, faultOfFix } from '../testing/expect-fixed.ts';
import { preloadValidity } from '../validity.ts';
import { fixesFor } from './index.ts';

const OBJECTS: readonly JsonObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 3,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          restartPolicy: 'Always',
          volumes: [{ name: 'cache', emptyDir: {} }],
          containers: [
            {
              name: 'web',
              image: 'web:1',
              imagePullPolicy: 'IfNotPresent',
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              env: [{ name: 'COLOR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'color' } } }],
              resources: { requests: { cpu: '100m' }, limits: { cpu: '200m', memory: '64Mi' } },
              readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
              volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { color: 'red' } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { type: 'ClusterIP', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'clean' },
    spec: {
      schedule: '0 3 * * *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'c', image: 'clean:2' }] } } },
      },
    },
  },
];

function pathsOf(value: JsonValue | undefined, path: Path = []): readonly Path[] {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) => pathsOf(item, [...path, index]));
  if (!isJsonObject(value)) return path.length > 1 ? [path] : [];
  return Object.keys(value).flatMap((key) => pathsOf(value[key], [...path, key]));
}

const places = OBJECTS.flatMap((object, index) => pathsOf(object).map((path) => ({ index, path })));
/** The ways in which people write a field wrongly. */
const mistakes = fc.constantFrom('quote', 'unquote', 'case', 'letter', 'leave out', 'key letter', 'key case');

function withMistake(value: JsonValue | undefined, [step, ...rest]: Path, mistake: string): JsonValue {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return items.map((item, index) => (index === step ? withMistake(item, rest, mistake) : item));
  }
  if (!isJsonObject(value) || typeof step !== 'string') return wrong(value, mistake);
  const entries = Object.entries(value).flatMap(
    ([key, entry]): readonly (readonly [string, JsonValue | undefined])[] => {
      if (key !== step) return [[key, entry]];
      if (rest.length > 0) return [[key, withMistake(entry, rest, mistake)]];
      if (mistake === 'leave out') return [];
      if (mistake.startsWith('key ')) return [[wrongWord(key, mistake.slice(4)), entry]];
      return [[key, wrong(entry, mistake)]];
    },
  );
  return Object.fromEntries(entries);
}

function wrong(value: JsonValue | undefined, mistake: string): JsonValue {
  if (mistake === 'quote') return String(value as string);
  if (mistake === 'unquote') return 7;
  return typeof value === 'string' ? wrongWord(value, mistake) : (value ?? null);
}

function wrongWord(word: string, mistake: string): string {
  if (mistake === 'case') return word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase();
  return word.length > 3 ? word.slice(0, 2) + word.slice(3) : `${word}x`;
}

it('every fix of a design with two mistakes takes its problem away and makes no new error', async () => {
  let fixes = 0;
  const place = fc.tuple(fc.constantFrom(...places), mistakes);
  await fc.assert(
    fc.asyncProperty(place, place, async (...chosen) => {
      const objects = OBJECTS.map((object, index) =>
        chosen
          .filter(([{ index: own, path }]) => own === index && valueAt(object, ...path) !== undefined)
          .reduce<JsonValue>((now, [{ path }, mistake]) => withMistake(now, path, mistake), object),
      );
      const context = contextOf(
        designOf(objects.map((object) => JSON.stringify(object, undefined, 2)).join('\n---\n')),
      );
      await preloadValidity(context.design, context.registry);
      const problems = allProblems(context);
      for (const problem of problems)
        for (const fix of fixesFor(problem, context)) {
          fixes++;
          const outcome = faultOfFix(context, problem, fix, problems);
          expect(typeof outcome === 'string' ? `${problem.id} ${fix.id}: ${outcome}` : '').toBe('');
        }
    }),
    { numRuns: 30, seed: 11 },
  );
  expect(fixes).toBeGreaterThan(100);
}, 60_000);
