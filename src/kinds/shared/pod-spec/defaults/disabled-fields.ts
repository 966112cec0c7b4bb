import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, isJsonObject, valueAt } from '../../../../base/json.ts';
import { updateField, updateItems } from '../../defaults/fill-in.ts';
import { CONTAINER_LISTS } from '../containers.ts';
import { whereWritten } from './probe.ts';

/**
 * A Pod spec without the fields that are behind feature gates which are off in 1.36: stop signals of containers, trust
 * bundles and Pod certificates in projected volumes, scheduling groups. What the old spec uses stays.
 * Source: pkg/api/pod/util.go `dropDisabledFields`, 1.36.
 */
export function dropDisabledFields(spec: JsonValue | undefined, old?: JsonValue): JsonValue | undefined {
  if (!isJsonObject(spec)) return spec;
  const withoutGroup = uses(old, ['schedulingGroup']) ? spec : without(spec, 'schedulingGroup');
  const withoutSignals = usesStopSignal(old)
    ? withoutGroup
    : CONTAINER_LISTS.reduce((object, list) => updateItems(object, list, withoutStopSignal), withoutGroup);
  return PROJECTIONS.reduce(
    (object, field) => (usesProjection(old, field) ? object : withoutProjection(object, field)),
    withoutSignals,
  );
}

/** A lifecycle that said nothing else goes too. */
function withoutStopSignal(container: JsonObject): JsonObject {
  const lifecycle = container['lifecycle'];
  if (!isJsonObject(lifecycle) || (lifecycle['stopSignal'] ?? null) === null) return container;
  const rest = without(lifecycle, 'stopSignal');
  return Object.keys(rest).length === 0 ? without(container, 'lifecycle') : { ...container, lifecycle: rest };
}

const PROJECTIONS = ['clusterTrustBundle', 'podCertificate'] as const;

function withoutProjection(spec: JsonObject, field: string): JsonObject {
  return updateItems(spec, 'volumes', (volume) =>
    whereWritten(volume, 'projected', (projected) =>
      updateItems(projected, 'sources', (source) => without(source, field)),
    ),
  );
}

function without(object: JsonObject, name: string): JsonObject {
  if (!Object.hasOwn(object, name)) return object;
  const { [name]: _, ...rest } = object;
  return rest;
}

function uses(value: JsonValue | undefined, path: readonly string[]): boolean {
  return (valueAt(value, ...path) ?? null) !== null;
}

function usesStopSignal(spec: JsonValue | undefined): boolean {
  return CONTAINER_LISTS.some((list) =>
    arrayAt(spec, list).some((container) => uses(container, ['lifecycle', 'stopSignal'])),
  );
}

function usesProjection(spec: JsonValue | undefined, field: string): boolean {
  return arrayAt(spec, 'volumes').some((volume) =>
    arrayAt(volume, 'projected', 'sources').some((source) => uses(source, [field])),
  );
}

/** The same for the template of a workload; a missing template stays missing. */
export function dropDisabledFieldsOfTemplate(template: JsonValue | undefined, old?: JsonValue): JsonValue | undefined {
  if (!isJsonObject(template)) return template;
  return updateField(template, 'spec', (spec) => dropDisabledFields(spec, valueAt(old, 'spec')));
}
