import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, labelsOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { booleanAt, isJsonObject, objectAt, stringAt } from '../../base/json.ts';
import { compareStrings } from '../../base/compare.ts';
import { base64Of } from '../base64.ts';
import { baseNameOf } from '../file-tree.ts';
import { asArray } from '../../base/json.ts';
import { mapsAt, refuseAt } from './kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import { allIds, currentId, effectiveNamespace, gvkOf, newResource } from './resource.ts';
import type { Resource } from './resource.ts';

/** Reads the bytes of a file that a kustomization names; refuses where it is not there. */
export type ReadBytes = (kustomization: Kustomization, reference: string, path: Path) => Uint8Array;

/** ConfigMaps and Secrets that a kustomization makes, joined with those that are there. */
export function generate(
  resources: readonly Resource[],
  kustomization: Kustomization,
  read: ReadBytes,
): readonly Resource[] {
  let current = resources;
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    for (const [args, path] of mapsAt(kustomization, kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator'))
      current = absorb(current, generated(kind, args, path, kustomization, read), args, kustomization, path);
  }
  return current;
}

type Pair = readonly [key: string, value: Uint8Array | string];

function generated(
  kind: 'ConfigMap' | 'Secret',
  args: JsonObject,
  path: Path,
  kustomization: Kustomization,
  read: ReadBytes,
): Resource {
  const name = stringAt(args, 'name') ?? '';
  if (name === '') refuseAt(kustomization, 'kustomize.generator', path, { message: 'no name' });
  const pairs = pairsOf(args, path, kustomization, read);
  const keys = pairs.map(([key]) => key);
  const bad = keys.find((key, index) => !/^[-._a-zA-Z0-9]+$/.test(key) || keys.indexOf(key) !== index);
  if (bad !== undefined) refuseAt(kustomization, 'kustomize.generator', path, { message: `key ${bad}` });
  const options = optionsOf(args, kustomization);
  const namespace = stringAt(args, 'namespace') ?? '';
  const metadata = {
    name,
    ...(namespace === '' ? {} : { namespace }),
    ...mapOf('labels', options),
    ...mapOf('annotations', options),
  };
  const object: KubernetesObject = {
    apiVersion: 'v1',
    kind,
    metadata,
    ...(kind === 'Secret' ? secretData(args, pairs) : configData(pairs)),
    ...(options.immutable ? { immutable: true } : {}),
  };
  return newResource(object, !options.disableNameSuffixHash);
}

function pairsOf(args: JsonObject, path: Path, kustomization: Kustomization, read: ReadBytes): readonly Pair[] {
  const strings = (key: string): readonly string[] => asArray(args[key]).filter((item) => typeof item === 'string');
  const refuse = (message: string): never => refuseAt(kustomization, 'kustomize.generator', path, { message });
  const env = stringAt(args, 'env') ?? '';
  const envs = [...strings('envs'), ...(env === '' ? [] : [env])].flatMap((file) => {
    const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(read(kustomization, file, path));
    return text.split(/\r?\n/).flatMap((line): Pair[] => {
      const trimmed = line.trimStart();
      if (trimmed === '' || trimmed.startsWith('#')) return [];
      const equals = trimmed.indexOf('=');
      return [equals < 0 ? [trimmed, ''] : [trimmed.slice(0, equals), trimmed.slice(equals + 1)]];
    });
  });
  const literals = strings('literals').map((text): Pair => {
    const equals = text.indexOf('=');
    if (equals <= 0) return refuse(`literal ${text}`);
    return [text.slice(0, equals), unquoted(text.slice(equals + 1))];
  });
  const files = strings('files').map((text): Pair => {
    const parts = text.split('=');
    if (parts.length > 2 || parts.some((part) => part === '')) return refuse(`file ${text}`);
    const [first = '', second] = parts;
    return [second === undefined ? baseNameOf(first) : first, read(kustomization, second ?? first, path)];
  });
  return [...envs, ...literals, ...files];
}

function unquoted(text: string): string {
  const isQuoted = text.length >= 2 && text[0] === text.at(-1) && (text.startsWith('"') || text.startsWith("'"));
  return isQuoted ? text.slice(1, -1) : text;
}

interface Options {
  readonly labels: JsonObject;
  readonly annotations: JsonObject;
  readonly disableNameSuffixHash: boolean;
  readonly immutable: boolean;
}

/** The generator's own options go before those of the kustomization. */
function optionsOf(args: JsonObject, { value }: Kustomization): Options {
  const [own, common] = [objectAt(args, 'options'), objectAt(value, 'generatorOptions')];
  const flag = (key: string): boolean => booleanAt(own, key) === true || booleanAt(common, key) === true;
  const map = (key: string): JsonObject => ({ ...objectAt(common, key), ...objectAt(own, key) });
  return {
    labels: map('labels'),
    annotations: map('annotations'),
    disableNameSuffixHash: flag('disableNameSuffixHash'),
    immutable: flag('immutable'),
  };
}

function mapOf(key: 'labels' | 'annotations', options: Options): JsonObject {
  return Object.keys(options[key]).length === 0 ? {} : { [key]: options[key] };
}

function sorted(pairs: Iterable<readonly [string, JsonValue]>): JsonObject {
  return Object.fromEntries([...pairs].sort(([a], [b]) => compareStrings(a, b)));
}

/** Text as text, anything else as base64. */
function configData(pairs: readonly Pair[]): JsonObject {
  const data: [string, JsonValue][] = [];
  const binary: [string, JsonValue][] = [];
  for (const [key, value] of pairs) {
    const text = typeof value === 'string' ? value : asText(value);
    if (text === undefined) binary.push([key, wrapped(base64Of(value as Uint8Array))]);
    else data.push([key, text]);
  }
  return {
    ...(data.length === 0 ? {} : { data: sorted(data) }),
    ...(binary.length === 0 ? {} : { binaryData: sorted(binary) }),
  };
}

function asText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function secretData(args: JsonObject, pairs: readonly Pair[]): JsonObject {
  const encoder = new TextEncoder();
  const data = pairs.map(([key, value]): [string, JsonValue] => [
    key,
    wrapped(base64Of(typeof value === 'string' ? encoder.encode(value) : value)),
  ]);
  return { type: stringAt(args, 'type') || 'Opaque', ...(data.length === 0 ? {} : { data: sorted(data) }) };
}

/** kustomize breaks base64 into lines of 70 signs: kyaml/yaml/datamap.go. */
function wrapped(text: string): string {
  if (text.length < 70) return text;
  return text.replaceAll(/.{1,70}/g, (line) => `${line}\n`);
}

function absorb(
  resources: readonly Resource[],
  made: Resource,
  args: JsonObject,
  kustomization: Kustomization,
  path: Path,
): readonly Resource[] {
  const behavior = stringAt(args, 'behavior') ?? 'create';
  const id = currentId(made);
  const matches = resources.filter(
    (other) =>
      gvkOf(other.object).group === '' &&
      allIds(other).some(
        (old) =>
          old.kind === id.kind &&
          old.name === id.name &&
          effectiveNamespace(other, old) === effectiveNamespace(made, id),
      ),
  );
  const [old] = matches;
  const wantsOld = behavior === 'merge' || behavior === 'replace';
  if (matches.length > 1 || (old !== undefined) !== wantsOld)
    return refuseAt(kustomization, 'kustomize.generator', path, { message: `${behavior} ${id.kind}/${id.name}` });
  if (!old) return [...resources, made];
  return resources.map((other) => (other === old ? joined(old, made, behavior === 'merge') : other));
}

function joined(old: Resource, made: Resource, isMerge: boolean): Resource {
  const merged = (key: string): JsonObject => {
    const both = { ...(isMerge ? objectAt(old.object, key) : {}), ...objectAt(made.object, key) };
    return Object.keys(both).length === 0 ? {} : { [key]: sorted(Object.entries(both) as [string, JsonValue][]) };
  };
  const texts = (key: 'labels' | 'annotations', of: typeof labelsOf): JsonObject => {
    const both = new Map([...of(old.object), ...of(made.object)]);
    return both.size === 0 ? {} : { [key]: Object.fromEntries(both) };
  };
  const metadata = objectAt(old.object, 'metadata') ?? {};
  const { data: _, binaryData: __, ...rest } = made.object;
  return {
    ...old,
    needsHash: made.needsHash,
    object: {
      ...rest,
      metadata: {
        ...(isJsonObject(metadata) ? { name: metadata['name'] } : {}),
        ...(metadata['namespace'] === undefined ? {} : { namespace: metadata['namespace'] }),
        ...texts('labels', labelsOf),
        ...texts('annotations', annotationsOf),
      },
      ...merged('data'),
      ...merged('binaryData'),
    },
  };
}
