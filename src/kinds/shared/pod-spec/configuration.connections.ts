import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Refusal } from '../../field-edit.ts';
import type { ConnectionEdits, PodTemplateView } from '../../kind.ts';
import { freeName } from './volume-mounts.ts';

type Connect = (template: PodTemplateView, target: KubernetesObject) => ConnectionEdits | Refusal;

/** All entries of a ConfigMap or Secret as environment variables of the first container. */
export function connectEnvFrom(source: 'configMapRef' | 'secretRef'): Connect {
  return ({ spec, specPath }, target) => {
    const name = nameOf(target);
    if (!objectAt(spec, 'containers', 0)) return { refused: 'connect.noContainer' };
    if (isCredential(target)) return { refused: 'connect.noMeaning' };
    const entries = arrayAt(spec, 'containers', 0, 'envFrom');
    if (entries.some((entry) => stringAt(entry, source, 'name') === name)) return { refused: 'connect.already' };
    const path = [...specPath, 'containers', 0, 'envFrom'];
    return { source: [{ op: 'append', path, value: { [source]: { name } } }] };
  };
}

/** The first entry that the first container does not use yet, as an environment variable named after its key. */
export function connectEnv(source: 'configMapKeyRef' | 'secretKeyRef'): Connect {
  return ({ spec, specPath }, target) => {
    const name = nameOf(target);
    if (!objectAt(spec, 'containers', 0)) return { refused: 'connect.noContainer' };
    const keys = entryKeys(target);
    if (keys.length === 0 || isCredential(target)) return { refused: 'connect.noMeaning' };
    const env = arrayAt(spec, 'containers', 0, 'env');
    const used = env.flatMap((entry) => {
      const selector = objectAt(entry, 'valueFrom', source);
      return stringAt(selector, 'name') === name ? [stringAt(selector, 'key')] : [];
    });
    const key = keys.find((candidate) => !used.includes(candidate));
    if (key === undefined) return { refused: 'connect.already' };
    const taken = new Set(env.map((entry) => stringAt(entry, 'name') ?? ''));
    const value = { name: freeName(variableName(key), taken, '_'), valueFrom: { [source]: { name, key } } };
    return { source: [{ op: 'append', path: [...specPath, 'containers', 0, 'env'], value }] };
  };
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
