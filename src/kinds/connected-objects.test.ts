import { beforeAll, describe, expect, it } from 'vitest';
import { formatApiVersion, parseGroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../openapi/built-in-schemas.ts';
import { NO_CUSTOM_RESOURCES } from './custom-resources.ts';
import { isRefusal } from './field-edit.ts';
import { BUILT_IN_KINDS } from './index.ts';
import { judge } from './judge.ts';
import type { Connection, KindDefinition, PodTemplateView } from './kind.ts';
import type { JudgeContext } from './served-kind.ts';
import { applyEdits } from './shared/testing/apply-edits.ts';
import { WORKLOAD_TARGETS } from './shared/testing/targets.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies } from './strategies.ts';

const context: JudgeContext = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };

beforeAll(async () => {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
});

const kinds = KINDS_WITH_STRATEGIES.map((name) => [name, BUILT_IN_KINDS.get(parseGroupKind(name))] as const);
const arrows = kinds.flatMap(([name, definition]) =>
  (definition.connections ?? []).map(
    (connection) => [`${name} ${connection.id} ${nameOfTarget(connection)}`, definition, connection] as const,
  ),
);

function nameOfTarget({ to }: Connection): string {
  return to === 'podTemplate' ? 'Pods' : to.kind;
}

/** A new object; only volumes of a CSI driver can have an attributes class. */
function sourceOf(definition: KindDefinition, connection: Connection): KubernetesObject {
  const object = definition.newObject('fresh', 'shop');
  if (definition.kind !== 'PersistentVolume' || nameOfTarget(connection) !== 'VolumeAttributesClass') return object;
  const { hostPath: _, ...spec } = object['spec'] as JsonObject;
  return { ...object, spec: { ...spec, csi: { driver: 'csi.example.com', volumeHandle: 'v-1' } } };
}

/** An object that the arrow can end at: with content where one is at hand, or a new one. */
function targetOf({ to }: Connection): { readonly target: KubernetesObject; readonly template?: PodTemplateView } {
  const kind = to === 'podTemplate' ? { group: 'apps', kind: 'Deployment' } : to;
  const definition: KindDefinition = BUILT_IN_KINDS.get(kind);
  const apiVersion = formatApiVersion(definition.group, definition.version);
  const known = WORKLOAD_TARGETS.find((object) => object.kind === kind.kind && object.apiVersion === apiVersion);
  const target = known ?? definition.newObject('target', 'shop');
  const template = definition.podTemplate?.(target);
  return template === undefined ? { target } : { target, template };
}

describe('what an arrow writes into a new object is accepted', () => {
  it.each(arrows)('%s', (_name, definition, connection) => {
    const source = sourceOf(definition, connection);
    const { target, template } = targetOf(connection);
    const edits = connection.connect(source, target, template);
    if (isRefusal(edits)) {
      expect(edits.refused).toMatch(/^connect\./);
      return;
    }
    const after = applyEdits(source, edits.source ?? []) as KubernetesObject;
    expect(judge(after, context)).toMatchObject({ valid: true, errors: [] });
  });
});
