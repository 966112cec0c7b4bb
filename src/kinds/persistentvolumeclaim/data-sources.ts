import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateField } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { textAt } from '../shared/validation/fields.ts';

/**
 * The two fields that say where a claim's data comes from, in step; what the older one never took is dropped from it.
 * Sources of other namespaces are behind a gate that is off.
 * Source: pkg/api/persistentvolumeclaim/util.go, 1.36.
 */
export function normalizeDataSources(claim: KubernetesObject, old?: KubernetesObject): KubernetesObject {
  const oldSpec = valueAt(old, 'spec');
  const oldReference = objectAt(oldSpec, 'dataSourceRef');
  const hadSource = oldReference !== undefined || objectAt(oldSpec, 'dataSource') !== undefined;
  return updateField(claim, 'spec', (value) => {
    const spec = objectAt(value);
    if (spec === undefined) return value;
    const local = withoutOtherNamespace(spec, oldReference !== undefined);
    return bothSources(hadSource ? local : withoutUnknownSource(local));
  });
}

function withoutOtherNamespace(spec: JsonObject, hadReference: boolean): JsonObject {
  const isOther = textAt(spec, 'dataSourceRef', 'namespace') !== '';
  return isOther && !hadReference ? omit(spec, 'dataSourceRef') : spec;
}

function withoutUnknownSource(spec: JsonObject): JsonObject {
  const source = objectAt(spec, 'dataSource');
  if (source === undefined || objectAt(spec, 'dataSourceRef') !== undefined) return spec;
  const [group, kind] = [textAt(source, 'apiGroup'), textAt(source, 'kind')];
  const isClaim = group === '' && kind === 'PersistentVolumeClaim';
  const isSnapshot = group === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot';
  return isClaim || isSnapshot ? spec : omit(spec, 'dataSource');
}

function bothSources(spec: JsonObject): JsonObject {
  const [source, reference] = [objectAt(spec, 'dataSource'), objectAt(spec, 'dataSourceRef')];
  if (source !== undefined && reference === undefined) return { ...spec, dataSourceRef: source };
  if (source !== undefined || reference === undefined || textAt(reference, 'namespace') !== '') return spec;
  return { ...spec, dataSource: omit(reference, 'namespace') };
}
