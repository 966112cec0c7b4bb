import { quoteString } from '../../../../apimachinery/quoted-string.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt } from '../../../../base/json.ts';
import { pointerAt, textAt } from '../../validation/fields.ts';

/** A file in a volume, and where it comes from. */
interface VolumeFile {
  readonly path: string;
  readonly source: string;
}

/**
 * Files of one volume that are in each other's way.
 * Source: pkg/api/pod/warnings.go `warningsForOverlappingVirtualPaths`, 1.36.
 */
export function overlappingPathWarnings(volumes: readonly JsonValue[]): readonly string[] {
  return volumes.flatMap((volume) => {
    const name = quoteString(textAt(volume, 'name'));
    const warn = (description: string, files: readonly VolumeFile[]) =>
      overlaps(files).map((pair) => `volume ${name} (${description}): overlapping paths: ${pair}`);
    const configMap = pointerAt(volume, 'configMap');
    const secret = pointerAt(volume, 'secret');
    return [
      ...warn(`ConfigMap ${quoteString(textAt(configMap, 'name'))}`, itemsOf(configMap)),
      ...warn(`Secret ${quoteString(textAt(secret, 'secretName'))}`, itemsOf(secret)),
      ...warn('DownwardAPI', itemsOf(pointerAt(volume, 'downwardAPI'))),
      ...projectedWarnings(name, pointerAt(volume, 'projected'), warn),
    ];
  });
}

function projectedWarnings(
  name: string,
  projected: JsonValue | undefined,
  warn: (description: string, files: readonly VolumeFile[]) => readonly string[],
): readonly string[] {
  const sources = arrayAt(projected, 'sources');
  const empty = sources.filter((source) => SOURCES.every((field) => pointerAt(source, field) === undefined));
  return [
    ...empty.map(() => `volume ${name} (Projected) has no sources provided`),
    ...warn('Projected', sources.flatMap(filesOf)),
  ];
}

const SOURCES = [
  'configMap',
  'secret',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
] as const;

function itemsOf(source: JsonValue | undefined, from = ''): readonly VolumeFile[] {
  return arrayAt(source, 'items').map((item) => ({ path: textAt(item, 'path'), source: from }));
}

/** The files of one source of a projected volume: of the first that names any. */
function filesOf(source: JsonValue): readonly VolumeFile[] {
  for (const [field, kind] of [
    ['configMap', 'ConfigMap'],
    ['secret', 'Secret'],
  ] as const) {
    const projection = pointerAt(source, field);
    if (pointerAt(projection, 'items') !== undefined) {
      return itemsOf(projection, `${kind} ${quoteString(textAt(projection, 'name'))}`);
    }
  }
  const downward = pointerAt(source, 'downwardAPI');
  if (pointerAt(downward, 'items') !== undefined) return itemsOf(downward, 'DownwardAPI');
  const token = pointerAt(source, 'serviceAccountToken');
  return token === undefined ? [] : [{ path: textAt(token, 'path'), source: 'ServiceAccountToken' }];
}

function overlaps(files: readonly VolumeFile[]): readonly string[] {
  const before: VolumeFile[] = [];
  return files.flatMap(({ path, source }) => {
    const file = { path: path.replace(/\/+$/, ''), source };
    const clashes = before.filter((other) => overlap(file.path, other.path));
    before.push(file);
    return clashes.map((other) => `${shown(file)} with ${shown(other)}`);
  });
}

/** Whether two files are one, or one is a directory in which the other stands. */
function overlap(a: string, b: string): boolean {
  return a !== '' && b !== '' && (`${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`));
}

function shown({ path, source }: VolumeFile): string {
  return source === '' ? quoteString(path) : `${quoteString(path)} (${source})`;
}
