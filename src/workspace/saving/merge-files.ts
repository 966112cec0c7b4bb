import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { parseLayout, stripLayout, writeLayout } from '../../manifest/layout-comment.ts';
import type { LayoutEntry } from '../../manifest/layout-comment.ts';
import type { Segment } from '../../manifest/manifest.ts';
import { readManifest } from '../../manifest/read.ts';
import type { ExportedFile } from '../workspace.ts';

/**
 * Joins two tabs' changes of the same files, document by document: what only one of them changed is taken from it.
 * undefined where both changed the same document, each in another way; nobody but a person can join that.
 */
export function mergeFiles(
  base: readonly ExportedFile[],
  ours: readonly ExportedFile[],
  theirs: readonly ExportedFile[],
): readonly ExportedFile[] | undefined {
  const old = byPath(base);
  const own = byPath(ours);
  const merged: ExportedFile[] = [];
  const take = (path: string, content: Uint8Array | undefined): void => {
    if (content) merged.push({ path, content });
  };
  for (const path of new Set([...theirs, ...ours].map((file) => file.path))) {
    const [was, mine, other] = [old.get(path), own.get(path), byPath(theirs).get(path)];
    if (same(was, mine)) take(path, other);
    else if (same(was, other) || same(mine, other)) take(path, mine);
    else {
      const joined = was && mine && other && mergeTexts(path, was, mine, other);
      if (!joined) return undefined;
      merged.push({ path, content: joined });
    }
  }
  return merged;
}

export function sameFiles(a: readonly ExportedFile[], b: readonly ExportedFile[]): boolean {
  const other = byPath(b);
  return a.length === b.length && a.every(({ path, content }) => same(content, other.get(path)));
}

function byPath(files: readonly ExportedFile[]): ReadonlyMap<string, Uint8Array> {
  return new Map(files.map(({ path, content }) => [path, content]));
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** A document of a file, or the text between two of them, named so that it is found again in another version. */
interface Part {
  readonly key: string;
  readonly text: string;
}

function mergeTexts(path: string, was: Uint8Array, mine: Uint8Array, other: Uint8Array): Uint8Array | undefined {
  const [old, own, theirs] = [textOf(was), textOf(mine), textOf(other)];
  const body = mergeBodies(path, stripLayout(old), stripLayout(own), stripLayout(theirs));
  if (body === undefined) return undefined;
  return new TextEncoder().encode(writeLayout(body, mergedLayout(old, own, theirs), lineEndOf(own)));
}

function mergeBodies(path: string, was: string, mine: string, other: string): string | undefined {
  const [oldParts, ownParts, theirParts] = [partsOf(path, was), partsOf(path, mine), partsOf(path, other)];
  const [old, own, theirs] = [textsOf(oldParts), textsOf(ownParts), textsOf(theirParts)];
  const text = (key: string): string | undefined | false => {
    const [a, b, c] = [old.get(key), own.get(key), theirs.get(key)];
    if (b === c || a === c) return b;
    return a === b ? c : false;
  };
  // Theirs is the frame; what only ours has goes after what it follows in ours.
  const keys = theirParts.map(({ key }) => key);
  ownParts.forEach(({ key }, at) => {
    if (keys.includes(key)) return;
    const before = ownParts.slice(0, at).findLast((part) => keys.includes(part.key))?.key;
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key);
  });
  let joined = '';
  for (const key of keys) {
    const part = text(key);
    if (part === false) return undefined;
    joined += part ?? '';
  }
  return joined;
}

/** Where cards stand is nothing to quarrel about: where both moved one, ours counts. */
function mergedLayout(was: string, mine: string, other: string): readonly LayoutEntry[] {
  const entriesOf = (text: string): Map<string, LayoutEntry> =>
    new Map((parseLayout(text)?.entries ?? []).map((entry) => [`${entry.picture} ${entry.key}`, entry]));
  const [old, own, theirs] = [entriesOf(was), entriesOf(mine), entriesOf(other)];
  const merged = new Map(theirs);
  for (const [key, entry] of own) {
    const before = old.get(key);
    if (!before || before.x !== entry.x || before.y !== entry.y) merged.set(key, entry);
  }
  return [...merged.values()];
}

/** With its byte order mark, if it has one: that is a sign like any other here. */
function textOf(content: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
}

function lineEndOf(text: string): '\n' | '\r\n' {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}

function textsOf(parts: readonly Part[]): ReadonlyMap<string, string> {
  return new Map(parts.map(({ key, text }) => [key, text]));
}

/** Documents by the objects in them; what lies between belongs to the document it follows. */
function partsOf(path: string, content: string): readonly Part[] {
  const parts: Part[] = [];
  const seen = new Map<string, number>();
  let last = '';
  for (const segment of readManifest(path, content).segments) {
    const name: string = segment.type === 'document' ? keyOf(segment) : `after ${last}`;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    const key = times === 0 ? name : `${name} ${times}`;
    if (segment.type === 'document') last = key;
    parts.push({ key, text: segment.text });
  }
  // The reader takes a byte order mark off.
  const [first] = parts;
  if (first && content.startsWith('\ufeff')) parts[0] = { ...first, text: `\ufeff${first.text}` };
  return parts;
}

function keyOf({ objects }: Extract<Segment, { type: 'document' }>): string {
  return objects
    .map(({ object }) => {
      const { group, kind } = groupVersionKindOf(object);
      return `${kind}.${group}/${namespaceOf(object) ?? ''}/${nameOf(object)}`;
    })
    .join(' ');
}
