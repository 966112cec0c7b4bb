import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { busyPodSpec } from '../shared/testing/busy-pod-spec.ts';
import { WORKLOAD_TARGETS } from '../shared/testing/targets.ts';
import { connected } from '../shared/testing/apply-edits.ts';
import { isRefusal } from '../field-edit.ts';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import { pod } from './pod.ts';
import { podStrategy } from './pod.strategy.ts';

const podOf = (spec: JsonObject, metadata: JsonObject = { name: 'web', namespace: 'shop' }): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec,
});

/** Every arrow that a Pod can have, with what it ends at. */
const ARROWS = WORKLOAD_TARGETS.flatMap((target) => {
  const group = parseApiVersion(target.apiVersion)?.group;
  return (pod.connections ?? [])
    .filter(({ to }) => to !== 'podTemplate' && to.kind === target.kind && to.group === group)
    .map((arrow) => [`${arrow.id} to ${target.kind}`, { arrow, target }] as const);
});

function created(object: KubernetesObject): KubernetesObject {
  return podStrategy.prepareForCreate!(podStrategy.setDefaults(object));
}

function errorsOf(object: KubernetesObject): readonly string[] {
  return podStrategy.validate(created(object)).map(formatFieldError);
}

describe('the strategy of Pods', () => {
  it('accepts a new Pod and stores it with the defaults', () => {
    const object = pod.newObject('web', 'shop');
    expect(errorsOf(object)).toEqual([]);
    expect(created(object)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, generation: 1 },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'nginx:1.27',
            imagePullPolicy: 'IfNotPresent',
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        enableServiceLinks: true,
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
  });

  it('tells several errors in the order of the server', () => {
    const spec = {
      containers: [{ name: 'C', ports: [{ containerPort: 0 }] }],
      restartPolicy: 'Sometimes',
      tolerations: [{ operator: 'Equal' }],
    };
    expect(errorsOf(podOf(spec))).toEqual([
      `spec.containers[0].name: Invalid value: "C": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      'spec.containers[0].image: Required value',
      'spec.containers[0].ports[0].containerPort: Required value',
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ]);
  });

  it('lets pass on an update what was wrong before, and no more', () => {
    const spec = (labelValue: string) => ({
      containers: [{ name: 'c', image: 'nginx' }],
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              topologyKey: 'zone',
              labelSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: [labelValue] }] },
            },
          ],
        },
      },
    });
    const old = podStrategy.setDefaults(podOf(spec('not a label value')));
    expect(errorsOf(old)).toHaveLength(1);
    expect(podStrategy.validate(old, old)).toEqual([]);
    expect(podStrategy.validateUpdate!(old, old)).toEqual([]);
  });

  it('allows a new image and nothing else of a container', () => {
    const old = podStrategy.setDefaults(podOf({ containers: [{ name: 'c', image: 'nginx:1.26', stdin: false }] }));
    const update = (container: JsonObject) => {
      const object = podStrategy.prepareForUpdate!(podStrategy.setDefaults(podOf({ containers: [container] })), old);
      return podStrategy.validateUpdate!(object, old).map((error) => `${error.path}: ${error.reason}`);
    };
    expect(update({ name: 'c', image: 'nginx:1.27' })).toEqual([]);
    expect(update({ name: 'c', image: 'nginx:1.26', stdin: true })).toEqual(['spec: FieldValueForbidden']);
    expect(update({ name: 'c', image: '' })).toEqual(['spec.containers[0].image: FieldValueRequired']);
  });

  it('counts changes of the spec', () => {
    const old = podOf({ containers: [{ name: 'c', image: 'nginx:1.26' }] }, { name: 'web', generation: 4 });
    const next = podOf({ containers: [{ name: 'c', image: 'nginx:1.27' }] }, { name: 'web', generation: 4 });
    expect(podStrategy.prepareForUpdate!(next, old)['metadata']).toMatchObject({ generation: 5 });
    expect(podStrategy.prepareForUpdate!(old, old)['metadata']).toMatchObject({ generation: 4 });
  });

  it.each(ARROWS)('accepts what an arrow makes: %s', (_title, { arrow, target }) => {
    const source = podOf({
      containers: [{ name: 'web', image: 'nginx:1.27' }],
      volumes: [{ name: 'scratch', emptyDir: {} }],
    });
    const made = arrow.connect(source, target);
    if (isRefusal(made)) return;
    expect(errorsOf(connected(source, made) as KubernetesObject)).toEqual([]);
  });

  it('never throws', () => {
    const start = podOf(busyPodSpec as unknown as JsonObject);
    fc.assert(
      fc.property(fc.nat(), fc.jsonValue({ maxDepth: 2 }), (place, value) => {
        const places = placesIn(start['spec'] ?? null, []);
        const path = places[place % places.length]!;
        const mutated = podOf(replaceAt(start['spec'] ?? null, path, value as JsonValue) as JsonObject);
        const defaulted = podStrategy.setDefaults(mutated);
        podStrategy.validate(podStrategy.prepareForCreate!(defaulted));
        podStrategy.warnings!(defaulted);
        podStrategy.validateUpdate!(podStrategy.prepareForUpdate!(defaulted, start), start);
      }),
      { numRuns: 150 },
    );
  });
});

type Steps = readonly (string | number)[];

function placesIn(value: JsonValue, path: Steps): readonly Steps[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => [[...path, index], ...placesIn(item as JsonValue, [...path, index])]);
  if (!isJsonObject(value)) return [];
  return Object.keys(value).flatMap((key) => [[...path, key], ...placesIn(value[key] ?? null, [...path, key])]);
}

function replaceAt(value: JsonValue, path: Steps, replacement: JsonValue): JsonValue {
  const [head, ...rest] = path;
  if (head === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      index === head ? replaceAt(item as JsonValue, rest, replacement) : (item as JsonValue),
    );
  }
  return isJsonObject(value) ? { ...value, [head]: replaceAt(value[head] ?? null, rest, replacement) } : value;
}
