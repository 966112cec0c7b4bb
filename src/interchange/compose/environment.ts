import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { baseNameOf, resolveInTree, textOfBytes } from '../file-tree.ts';
import { booleanOf, entriesOf, kubernetesName, listOf, textOf, withoutExpansion } from './compose-values.ts';
import { readEnvFile } from './env-file.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';

/** `env` and `envFrom` of the container. What `environment` says goes before the files, as Compose has it. */
export function environmentOf(parts: ServiceParts): JsonObject {
  const { service, project } = parts;
  const env = entriesOf(service.spec['environment']).flatMap(([name, written], index): JsonValue[] => {
    if (name === '') return [];
    const value = written ?? project.variables.get(name);
    if (value === undefined) {
      service.say('changed', 'compose.variable', ['environment', index], { name });
      return [];
    }
    return [{ name, value: withoutExpansion(value) }];
  });
  return compact({ env, envFrom: envFiles(parts) });
}

function envFiles(parts: ServiceParts): readonly JsonValue[] {
  const { service, project, tree, objects } = parts;
  return listOf(service.spec['env_file']).flatMap((entry, index): JsonValue[] => {
    const reference = textOf(isJsonObject(entry) ? entry['path'] : entry);
    const isRequired = !isJsonObject(entry) || booleanOf(entry['required']) !== false;
    const path = resolveInTree(service.folder, reference);
    if (path === undefined) {
      service.say('lost', 'source.outside', ['env_file', index], { path: reference });
      return [];
    }
    const bytes = tree.read(path);
    const text = bytes && textOfBytes(bytes);
    if (text === undefined) {
      if (isRequired) service.say('lost', 'source.missing', ['env_file', index], { file: reference });
      return [];
    }
    const variables = readEnvFile(text, project.variables, (_, name) =>
      service.say('changed', 'compose.variable', ['env_file', index], { name }),
    );
    const name = nameOfFile(path, project.folder, parts);
    objects.add(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, labels: parts.labels },
        data: Object.fromEntries([...variables].map(([key, value]) => [key, withoutExpansion(value)])),
      },
      name,
    );
    filesOfMaps(parts).set(name, path);
    return [{ configMapRef: { name } }];
  });
}

const maps = new WeakMap<object, Map<string, string>>();

/** Which file each ConfigMap was made of: two files of one name get two names. */
function filesOfMaps({ objects }: ServiceParts): Map<string, string> {
  let known = maps.get(objects);
  if (!known) maps.set(objects, (known = new Map()));
  return known;
}

function nameOfFile(path: string, folder: string, parts: ServiceParts): string {
  const short = kubernetesName(baseNameOf(path));
  const known = filesOfMaps(parts).get(short);
  if (known === undefined ? !parts.objects.has('ConfigMap', short) : known === path) return short;
  const inside = folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
  return kubernetesName(inside);
}
