import { EVERYTHING, labelSelectorOf } from '../../apimachinery/label-selector.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { nameAt } from '../../base/json.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from './core-kinds.ts';
import { referenceTo } from './name-reference.ts';

/** A pair of parameters (or annotations) that name a Secret. */
export interface SecretPair {
  readonly name: string;
  readonly namespace: string;
  /** Where the Secret is when the second parameter is missing; without one the pair means nothing. */
  readonly defaultNamespace?: string;
}

/**
 * A Secret that a map of strings at `path` names by two entries. Either may hold `${pvc.name}` and its like, filled in
 * for each claim: a name that is known in a namespace that is not means the Secrets of that name anywhere; a name that
 * is not known stays as written, and nobody calls it missing.
 * Source: kubernetes-csi/external-provisioner, pkg/controller/controller.go, getSecretReference.
 */
export function secretPairReference(object: JsonObject, path: Path, pair: SecretPair): readonly Reference[] {
  const field = [...path, pair.name];
  const name = nameAt(object, ...field);
  const written = nameAt(object, ...path, pair.namespace);
  const namespace = written ?? pair.defaultNamespace;
  if (name === undefined || namespace === undefined) return [];
  const where = written === undefined ? {} : { namespaceField: [...path, pair.namespace] };
  if (isTemplate(name)) {
    return [referenceTo('secretReference', field, { ...SECRET, namespace, name }, { optional: true, ...where })];
  }
  if (!isTemplate(namespace)) return [referenceTo('secretReference', field, { ...SECRET, namespace, name }, where)];
  const fields = labelSelectorOf([{ key: 'metadata.name', operator: 'In', values: [name] }]);
  const target = { by: 'objects', ...SECRET, namespaces: 'all', anyOf: [{ labels: EVERYTHING, fields }] } as const;
  return [{ type: 'secretReference', field, target, optional: true }];
}

function isTemplate(text: string): boolean {
  return text.includes('${');
}

/** `csi.storage.k8s.io/node-stage-secret-name` and `-namespace`. */
export function csiSecretPair(purpose: string): SecretPair {
  const prefix = `csi.storage.k8s.io/${purpose}-secret-`;
  return { name: `${prefix}name`, namespace: `${prefix}namespace` };
}
