import type { JsonObject, JsonValue, Path } from '../base/json.ts';
import { arrayAt, isJsonObject, jsonEqual, nameAt, stringAt } from '../base/json.ts';
import type { PodTemplateView } from '../kinds/kind.ts';
import type { Edit } from '../manifest/edit.ts';

/** What becomes of the Pod that is put into a workload: its containers come beside those there, or it takes their place. */
export type PutInto = 'containers' | 'template';

const LISTS = ['initContainers', 'containers'] as const;
/** Fields that say where and how long Pods of the workload run: they stay what its kind needs. */
const OF_THE_WORKLOAD: ReadonlySet<string> = new Set(['restartPolicy', 'nodeName', 'ephemeralContainers']);

/** The edits of a workload that take the containers of a Pod in, with the volumes that they mount. */
export function editsOfContainers(source: PodTemplateView, target: PodTemplateView): readonly Edit[] {
  const chosen = chosenContainers(source.spec);
  const volumes = volumesFor(chosen, source.spec, target.spec);
  const taken = new Set(
    [...LISTS, 'ephemeralContainers'].flatMap((list) => arrayAt(target.spec, list).map((item) => nameAt(item, 'name'))),
  );
  const edits: Edit[] = [];
  for (const { list, container } of chosen) {
    const name = freeName(nameAt(container, 'name') ?? 'container', taken);
    taken.add(name);
    const value = { ...withVolumeNames(container, volumes.names), name };
    edits.push({ op: 'append', path: [...target.specPath, list], value });
  }
  for (const value of volumes.added) edits.push({ op: 'append', path: [...target.specPath, 'volumes'], value });
  return edits;
}

/** The edits of a workload whose template becomes the Pod: its labels besides those that the selector needs. */
export function editsOfTemplate(source: PodTemplateView, target: PodTemplateView): readonly Edit[] {
  const edits: Edit[] = [];
  const field = (name: string): Path => [...target.specPath, name];
  for (const name of Object.keys(target.spec))
    if (source.spec[name] === undefined && !OF_THE_WORKLOAD.has(name)) edits.push({ op: 'delete', path: field(name) });
  for (const [name, value] of Object.entries(source.spec)) {
    if (value === undefined || OF_THE_WORKLOAD.has(name) || jsonEqual(value, target.spec[name])) continue;
    edits.push({ op: 'set', path: field(name), value });
  }
  for (const [key, value] of source.labels)
    if (!target.labels.has(key)) edits.push({ op: 'set', path: [...target.labelsPath, key], value });
  return edits;
}

interface Chosen {
  readonly list: (typeof LISTS)[number];
  readonly container: JsonObject;
}

/** Sidecars where the Pod has some, for the container that they serve is there already; else all of its containers. */
function chosenContainers(spec: JsonObject): readonly Chosen[] {
  const all = LISTS.flatMap((list) =>
    arrayAt(spec, list).flatMap((container): Chosen[] => (isJsonObject(container) ? [{ list, container }] : [])),
  );
  const sidecars = all.filter(
    ({ list, container }) => list === 'initContainers' && stringAt(container, 'restartPolicy') === 'Always',
  );
  return sidecars.length > 0 ? sidecars : all;
}

/** Volumes that the containers mount: one that is there already under its name, word for word, is shared. */
function volumesFor(
  chosen: readonly Chosen[],
  from: JsonObject,
  into: JsonObject,
): { readonly added: readonly JsonValue[]; readonly names: ReadonlyMap<string, string> } {
  const mounted = new Set(
    chosen.flatMap(({ container }) => arrayAt(container, 'volumeMounts').map((mount) => nameAt(mount, 'name'))),
  );
  const there = new Map(arrayAt(into, 'volumes').map((volume) => [nameAt(volume, 'name') ?? '', volume]));
  const taken = new Set<string | undefined>(there.keys());
  const names = new Map<string, string>();
  const added: JsonValue[] = [];
  for (const volume of arrayAt(from, 'volumes')) {
    const name = nameAt(volume, 'name');
    if (name === undefined || !mounted.has(name) || !isJsonObject(volume)) continue;
    if (jsonEqual(there.get(name), volume)) continue;
    const own = freeName(name, taken);
    taken.add(own);
    if (own !== name) names.set(name, own);
    added.push({ ...volume, name: own });
  }
  return { added, names };
}

function withVolumeNames(container: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const mounts = arrayAt(container, 'volumeMounts');
  if (names.size === 0 || mounts.length === 0) return container;
  const renamed = mounts.map((mount) => {
    const name = isJsonObject(mount) ? names.get(nameAt(mount, 'name') ?? '') : undefined;
    return isJsonObject(mount) && name !== undefined ? { ...mount, name } : mount;
  });
  return { ...container, volumeMounts: renamed };
}

function freeName(wanted: string, taken: ReadonlySet<string | undefined>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}
