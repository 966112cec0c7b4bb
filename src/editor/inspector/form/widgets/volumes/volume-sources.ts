import { arrayAt, isJsonObject, nameAt } from '../../../../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../../../../base/json.ts';
import type { Edit } from '../../../../../manifest/edit.ts';

/** What a volume of a Pod is made from, with the fields that say which. Source: core/v1 VolumeSource, 1.36. */
export const MAIN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  emptyDir: ['medium', 'sizeLimit'],
  configMap: ['name'],
  secret: ['secretName'],
  persistentVolumeClaim: ['claimName', 'readOnly'],
  hostPath: ['path', 'type'],
  image: ['reference', 'pullPolicy'],
  nfs: ['server', 'path'],
  csi: ['driver', 'readOnly'],
};

/** Those that people choose; the others are offered after them, by the names in the schema. */
export const USUAL_SOURCES = ['emptyDir', 'configMap', 'secret', 'persistentVolumeClaim', 'hostPath', 'projected'];

/** Which of its sources a volume has; a volume without one is an emptyDir. Source: pkg/apis/core/v1/defaults.go, 1.36. */
export function sourceOf(volume: JsonValue | undefined): string {
  return (isJsonObject(volume) ? Object.keys(volume).find((key) => key !== 'name') : undefined) ?? 'emptyDir';
}

/** What another source begins as; names that were written stay where the new source has one too. */
export function beginSource(source: string, volume: JsonValue): JsonValue | undefined {
  const before = namedBy(volume);
  switch (source) {
    case 'emptyDir':
      return {};
    case 'configMap':
      return { name: before };
    case 'secret':
      return { secretName: before };
    case 'persistentVolumeClaim':
      return { claimName: before };
    case 'hostPath':
      return { path: '/var/lib/example', type: 'DirectoryOrCreate' };
    case 'projected':
      return { sources: [{ serviceAccountToken: { path: 'token' } }] };
    default:
      return undefined;
  }
}

function namedBy(volume: JsonValue): string {
  return (
    nameAt(volume, 'configMap', 'name') ??
    nameAt(volume, 'secret', 'secretName') ??
    nameAt(volume, 'persistentVolumeClaim', 'claimName') ??
    nameAt(volume, 'name') ??
    'example'
  );
}

/** A place where a volume is seen: in which container, at which path. */
export interface Mount {
  readonly path: Path;
  readonly container: string;
  readonly mount: JsonObject;
}

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const MOUNT_LISTS = ['volumeMounts', 'volumeDevices'] as const;

/** Where containers of a Pod spec mount its volume, in the order of the spec. */
export function mountsOf(spec: JsonValue | undefined, specPath: Path, volume: string): readonly Mount[] {
  return CONTAINER_LISTS.flatMap((list) =>
    arrayAt(spec, list).flatMap((container, at) =>
      MOUNT_LISTS.flatMap((mounts) =>
        arrayAt(container, mounts).flatMap((mount, index): Mount[] =>
          isJsonObject(mount) && mount['name'] === volume
            ? [
                {
                  path: [...specPath, list, at, mounts, index],
                  container: nameAt(container, 'name') ?? `#${at + 1}`,
                  mount,
                },
              ]
            : [],
        ),
      ),
    ),
  );
}

/** Gives a volume another name, and its mounts with it. */
export function renameVolume(path: Path, name: string, mounts: readonly Mount[]): readonly Edit[] {
  return [path, ...mounts.map((mount) => mount.path)].map((at) => ({ op: 'set', path: [...at, 'name'], value: name }));
}

/** Takes mounts away, the last of each list first so that the places of the others stay; a list with its last item. */
export function removeMounts(mounts: readonly Mount[], object: JsonObject): readonly Edit[] {
  const left = new Map<string, number>();
  return [...mounts].reverse().map(({ path }) => {
    const list = path.slice(0, -1);
    const key = JSON.stringify(list);
    const count = (left.get(key) ?? arrayAt(object, ...list).length) - 1;
    left.set(key, count);
    return { op: 'delete', path: count === 0 ? list : path };
  });
}

/** A path that no mount of the container has yet. */
export function freeMountPath(container: JsonValue | undefined, volume: string): string {
  const taken = new Set(arrayAt(container, 'volumeMounts').map((mount) => nameAt(mount, 'mountPath')));
  let path = `/mnt/${volume}`;
  for (let number = 2; taken.has(path); number++) path = `/mnt/${volume}-${number}`;
  return path;
}
