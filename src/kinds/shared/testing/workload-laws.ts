import { expect } from 'vitest';
import { isKubernetesObject } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { matchesLabels } from '../../../apimachinery/label-selector.ts';
import type { KindDefinition } from '../../kind.ts';
import { busyPodSpec } from './busy-pod-spec.ts';
import { expectTotal } from './expect-total.ts';
import { expectConnects } from './gesture-laws.ts';
import { WORKLOAD_TARGETS } from './targets.ts';

/** For tests: an object of a kind in namespace `shop`, with a value at a path. */
export function objectWith(definition: KindDefinition, path: Path, value: JsonObject): KubernetesObject {
  const nested = path.reduceRight<JsonObject>((inner, step) => ({ [step]: inner }), value);
  return {
    apiVersion: formatApiVersion(definition.group, definition.version),
    kind: definition.kind,
    metadata: { name: 'web', namespace: 'shop' },
    ...nested,
  };
}

/**
 * For tests: what every kind with a template of Pods keeps. `template` is the path of the template in its objects.
 */
export function expectWorkload(definition: KindDefinition, template: Path): void {
  expectNewWorkload(definition);
  const metadata = { labels: { app: 'web' }, annotations: { 'k8s.v1.cni.cncf.io/networks': 'macvlan' } };
  const busy = objectWith(definition, template, { metadata, spec: busyPodSpec });
  const view = definition.podTemplate?.(busy);
  expect(view?.specPath).toEqual([...template, 'spec']);
  expect(view?.labels.get('app') ?? 'web').toBe('web');
  const fields = definition.references(busy).map(({ field }) => field);
  const inSpec = fields.filter((field) => template.every((step, index) => field[index] === step));
  expect(inSpec.length).toBeGreaterThan(70);
  const plain = objectWith(definition, [...template, 'spec'], { containers: [{ name: 'web', image: 'web:1' }] });
  expect(definition.summary?.(plain).fact).toBe('web:1');
  const drawn = expectConnects(definition, plain, WORKLOAD_TARGETS);
  expect(drawn.filter((line) => !line.endsWith('connect.noMeaning'))).toHaveLength(18);
  expectTotal(definition, [busy, plain], 100);
}

/** A new object says what it is, is in the namespace it was asked for, and selects its own Pods. */
function expectNewWorkload(definition: KindDefinition): void {
  const object = definition.newObject('my.web', 'shop');
  expect(isKubernetesObject(object)).toBe(true);
  expect(object['metadata']).toMatchObject({ name: 'my.web', namespace: 'shop' });
  expect(definition.newObject('web')['metadata']).not.toHaveProperty('namespace');
  const view = definition.podTemplate?.(object);
  expect(view?.spec).toMatchObject({ containers: [{ name: 'my-web', image: 'nginx:1.27' }] });
  for (const { target } of definition.references(object)) {
    if (target.by === 'pods') expect(matchesLabels(target.selector, view?.labels ?? new Map())).toBe(true);
    else expect(target.by).toBe('external');
  }
}
