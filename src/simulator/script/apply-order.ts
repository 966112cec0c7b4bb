import type { KubernetesObject } from '../../apimachinery/object.ts';
import { hasRoomForLastApplied } from '../kubectl/last-applied.ts';

/** An object and the file that it stands in. */
export interface Manifest {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** What others need to be there: the rest follows in the order of the input. */
const DEFINITION = 'CustomResourceDefinition';
const FIRST: readonly string[] = [DEFINITION, 'Namespace', 'PriorityClass', 'StorageClass'];
/** Objects of one `kubectl apply`: its flow is run over again for each answer. */
const AT_ONCE = 50;

function placeOf({ object }: Manifest): number {
  const index = FIRST.indexOf(object.kind);
  return index < 0 ? FIRST.length : index;
}

interface Ordered {
  readonly file: string;
  readonly place: number;
  /** Too large for kubectl's record of what it applied. */
  readonly isLarge: boolean;
}

/** One `kubectl apply` after the other, as somebody would give them. */
export interface ApplyLine {
  readonly line: string;
  readonly files: Readonly<Record<string, readonly KubernetesObject[]>>;
}

interface ApplyOptions {
  readonly serverSide?: boolean;
  /** Only server-side: fields that another manager has set are taken over, where they would be refused as conflicts. */
  readonly forceConflicts?: boolean;
}

/** `serverSide`: all of it is applied server-side, and not only what is too large for kubectl's record. */
export function applyLines(
  manifests: readonly Manifest[],
  { serverSide = false, forceConflicts = false }: ApplyOptions = {},
): readonly ApplyLine[] {
  const ordered = [...manifests]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((manifest) => ({ ...manifest, place: placeOf(manifest), isLarge: !hasRoomForLastApplied(manifest.object) }));
  const lines: ApplyLine[] = [];
  for (let at = 0; at < ordered.length;) {
    const first = ordered[at]!;
    const { file, isLarge } = first;
    const objects: KubernetesObject[] = [];
    do objects.push(ordered[at++]!.object);
    while (at < ordered.length && objects.length < AT_ONCE && isWith(ordered[at]!, first));
    const files = { [file]: objects };
    const options = [
      ...(isLarge || serverSide ? ['--server-side'] : []),
      ...(forceConflicts ? ['--force-conflicts'] : []),
    ];
    lines.push({ line: ['apply', ...options, '-f', quoted(file)].join(' '), files });
    // Nobody can make objects of a kind before the server serves it.
    if (objects[0]?.kind === DEFINITION)
      lines.push({ line: `wait --for=condition=Established --timeout=60s -f ${quoted(file)}`, files });
  }
  return lines;
}

/** Definitions are applied apart from what they define, and what is too large for kubectl's record apart from the rest. */
function isWith(one: Ordered, first: Ordered): boolean {
  if (one.file !== first.file || one.isLarge !== first.isLarge) return false;
  return one.place === first.place || first.place !== FIRST.indexOf(DEFINITION);
}

/** A word as a shell takes it; plain where it needs no quotes. */
function quoted(word: string): string {
  return /^[\w./@:-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
