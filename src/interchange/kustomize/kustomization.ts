import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { asArray, isJsonObject } from '../../base/json.ts';
import { textOfBytes } from '../file-tree.ts';
import type { FileTree } from '../file-tree.ts';
import type { Note, NoteId } from '../note.ts';
import { isFailure, readYamlSource } from '../yaml-source.ts';

/** Source: api/konfig/general.go of kubernetes-sigs/kustomize. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Every field of a kustomization, and whether it is followed here. Source: api/types/kustomization.go, kustomize/v5.8.1 (of kubectl 1.36). */
const FIELDS: Readonly<Record<string, 'followed' | 'refused' | 'nothing'>> = {
  apiVersion: 'nothing',
  kind: 'nothing',
  metadata: 'nothing',
  openapi: 'refused',
  namePrefix: 'followed',
  nameSuffix: 'followed',
  namespace: 'followed',
  commonLabels: 'followed',
  labels: 'followed',
  commonAnnotations: 'followed',
  patchesStrategicMerge: 'followed',
  patchesJson6902: 'followed',
  patches: 'followed',
  images: 'followed',
  imageTags: 'followed',
  replacements: 'followed',
  replicas: 'followed',
  vars: 'refused',
  sortOptions: 'followed',
  resources: 'followed',
  components: 'followed',
  crds: 'refused',
  bases: 'followed',
  configMapGenerator: 'followed',
  secretGenerator: 'followed',
  helmGlobals: 'refused',
  helmCharts: 'refused',
  helmChartInflationGenerator: 'refused',
  generatorOptions: 'followed',
  configurations: 'refused',
  generators: 'refused',
  transformers: 'refused',
  validators: 'refused',
  buildMetadata: 'refused',
};

export interface Kustomization {
  readonly folder: string;
  readonly file: string;
  readonly isComponent: boolean;
  readonly value: JsonObject;
  say(kind: Note['kind'], id: NoteId, path: Path, params: Note['params']): void;
}

/** Stops a build; what is wrong has been said. */
export class KustomizeRefusal extends Error {}

export function kustomizationFileIn(tree: FileTree, folder: string): string | undefined {
  return KUSTOMIZATION_FILES.map((name) => (folder === '' ? name : `${folder}/${name}`)).find(
    (path) => tree.read(path) !== undefined,
  );
}

/** Reads the kustomization of a folder. Throws where there is none, it does not read, or it asks for what is not followed. */
export function readKustomization(tree: FileTree, folder: string, notes: Note[]): Kustomization {
  const file = kustomizationFileIn(tree, folder);
  const refuse = (id: NoteId, line: number, params: Note['params'], where = file ?? folder): never => {
    notes.push({ id, kind: 'refused', file: where, line, params });
    throw new KustomizeRefusal(id);
  };
  if (file === undefined) return refuse('kustomize.none', 0, { folder: folder === '' ? '.' : folder });
  const text = textOfBytes(tree.read(file)!);
  if (text === undefined) return refuse('source.unreadable', 1, { message: 'not UTF-8 text' });
  const source = readYamlSource(text);
  if (isFailure(source)) return refuse('source.unreadable', source.line, { message: source.message });
  const { value } = source;
  if (!isJsonObject(value)) return refuse('source.type', 1, { key: 'kustomization', expected: 'map' });
  const isComponent = value['kind'] === 'Component';
  const group = `kustomize.config.k8s.io/${isComponent ? 'v1alpha1' : 'v1beta1'}`;
  const { apiVersion = group, kind = 'Kustomization' } = value;
  if ((kind !== 'Kustomization' && kind !== 'Component') || apiVersion !== group)
    return refuse('kustomize.version', source.lineAt(['apiVersion']), {
      apiVersion: String(apiVersion),
      kind: String(kind),
    });
  for (const key of Object.keys(value)) {
    const use = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (use === undefined) return refuse('source.unknownKey', source.lineAt([key]), { key });
    if (use === 'refused' && !isEmpty(value[key]))
      return refuse('kustomize.notFollowed', source.lineAt([key]), { key });
  }
  return {
    folder,
    file,
    isComponent,
    value,
    say: (noteKind, id, path, params) => notes.push({ id, kind: noteKind, file, line: source.lineAt(path), params }),
  };
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Refuses with a word about a place in the kustomization. */
export function refuseAt({ say }: Kustomization, id: NoteId, path: Path, params: Note['params']): never {
  say('refused', id, path, params);
  throw new KustomizeRefusal(id);
}

/** Strings of a list under one of several names. */
export function stringsAt(
  kustomization: Kustomization,
  ...keys: readonly string[]
): readonly (readonly [text: string, path: Path])[] {
  return keys.flatMap((key) => {
    const value = kustomization.value[key];
    if (value !== undefined && value !== null && !Array.isArray(value))
      refuseAt(kustomization, 'source.type', [key], { key, expected: 'list' });
    return asArray(value).map((item, index): readonly [string, Path] => {
      if (typeof item !== 'string') refuseAt(kustomization, 'source.type', [key, index], { key, expected: 'string' });
      return [item as string, [key, index]];
    });
  });
}

/** Maps of a list. */
export function mapsAt(kustomization: Kustomization, key: string): readonly (readonly [map: JsonObject, path: Path])[] {
  const value = kustomization.value[key];
  if (value !== undefined && value !== null && !Array.isArray(value))
    refuseAt(kustomization, 'source.type', [key], { key, expected: 'list' });
  return asArray(value).map((item, index): readonly [JsonObject, Path] => {
    if (!isJsonObject(item)) refuseAt(kustomization, 'source.type', [key, index], { key, expected: 'map' });
    return [item as JsonObject, [key, index]];
  });
}
