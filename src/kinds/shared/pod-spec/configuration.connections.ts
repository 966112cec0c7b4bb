import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { Refusal } from '../../field-edit.ts';
import type { ConnectionChosen, ConnectionEdits, ConnectionOption, PodTemplateView } from '../../kind.ts';
import { chosenContainer, containerOptions } from './container-choice.ts';
import { freeName } from './volume-mounts.ts';

type Connect = (
  template: PodTemplateView,
  target: KubernetesObject,
  chosen?: ConnectionChosen,
) => ConnectionEdits | Refusal;

/** All entries of a ConfigMap or Secret as environment variables of a container. */
export function connectEnvFrom(source: 'configMapRef' | 'secretRef'): Connect {
  return ({ spec, specPath }, target, chosen) => {
    const name = nameOf(target);
    const at = chosenContainer(spec, chosen);
    if (!objectAt(spec, 'containers', at)) return { refused: 'connect.noContainer' };
    if (isCredential(target)) return { refused: 'connect.noMeaning' };
    const entries = arrayAt(spec, 'containers', at, 'envFrom');
    if (entries.some((entry) => stringAt(entry, source, 'name') === name)) return { refused: 'connect.already' };
    const path = [...specPath, 'containers', at, 'envFrom'];
    return { source: [{ op: 'append', path, value: { [source]: { name } } }] };
  };
}

/** One entry as an environment variable of a container: the first that it does not use yet, named after its key. */
export function connectEnv(source: 'configMapKeyRef' | 'secretKeyRef'): Connect {
  return ({ spec, specPath }, target, chosen) => {
    const at = chosenContainer(spec, chosen);
    if (!objectAt(spec, 'containers', at)) return { refused: 'connect.noContainer' };
    if (entryKeys(target).length === 0 || isCredential(target)) return { refused: 'connect.noMeaning' };
    const key = chosen?.key ?? freeKey(spec, at, source, target);
    if (key === undefined) return { refused: 'connect.already' };
    const variable = chosen?.variable || freeVariable(spec, at, key);
    const value = { name: variable, valueFrom: { [source]: { name: nameOf(target), key } } };
    return { source: [{ op: 'append', path: [...specPath, 'containers', at, 'env'], value }] };
  };
}

/** Which entry, in which container, under which name. */
export function envOptions(source: 'configMapKeyRef' | 'secretKeyRef') {
  return ({ spec }: PodTemplateView, target: KubernetesObject): readonly ConnectionOption[] => {
    const key = freeKey(spec, 0, source, target);
    const keys = entryKeys(target);
    if (key === undefined) return [];
    return [
      { id: 'key', value: key, values: keys },
      { id: 'variable', value: freeVariable(spec, 0, key) },
      ...containerOptions({ spec }),
    ];
  };
}

function freeKey(
  spec: JsonObject,
  at: number,
  source: 'configMapKeyRef' | 'secretKeyRef',
  target: KubernetesObject,
): string | undefined {
  const name = nameOf(target);
  const used = arrayAt(spec, 'containers', at, 'env').flatMap((entry) => {
    const selector = objectAt(entry, 'valueFrom', source);
    return stringAt(selector, 'name') === name ? [stringAt(selector, 'key')] : [];
  });
  return entryKeys(target).find((candidate) => !used.includes(candidate));
}

function freeVariable(spec: JsonObject, at: number, key: string): string {
  const taken = new Set(arrayAt(spec, 'containers', at, 'env').map((entry) => stringAt(entry, 'name') ?? ''));
  return freeName(variableName(key), taken, '_');
}

/** Credentials for pulling images; only Secrets of the two registry types can be that. */
export function connectPullSecret(
  { spec, specPath }: PodTemplateView,
  target: KubernetesObject,
): ConnectionEdits | Refusal {
  if (!PULL_TYPES.includes(stringAt(target, 'type') ?? '')) return { refused: 'connect.noMeaning' };
  const name = nameOf(target);
  const present = arrayAt(spec, 'imagePullSecrets').some((entry) => stringAt(entry, 'name') === name);
  if (present) return { refused: 'connect.already' };
  return { source: [{ op: 'append', path: [...specPath, 'imagePullSecrets'], value: { name } }] };
}

const PULL_TYPES: readonly string[] = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];

/** Secrets whose entries are files by nature: nobody wants them as environment variables. */
function isCredential(target: KubernetesObject): boolean {
  const type = stringAt(target, 'type') ?? '';
  return PULL_TYPES.includes(type) || type === 'kubernetes.io/tls' || type === 'kubernetes.io/service-account-token';
}

/** Keys of the text entries of a ConfigMap or Secret; bytes of a ConfigMap cannot be environment variables. */
function entryKeys(target: KubernetesObject): readonly string[] {
  const keys = ['data', 'stringData'].flatMap((field) => Object.keys(objectAt(target, field) ?? {}));
  return [...new Set(keys)].sort(compareStrings).filter((key) => valueAt(target, 'binaryData', key) === undefined);
}

/** `database.url` as `DATABASE_URL`; the name of a variable starts with no digit. */
function variableName(key: string): string {
  const name = key.toUpperCase().replaceAll(/[^A-Z0-9_]+/g, '_');
  return /^[A-Z_]/.test(name) ? name : `_${name}`;
}
