import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE, objectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { parseLayout, stripLayout } from '../../manifest/layout-comment.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { ManifestFile } from '../../manifest/manifest.ts';
import { readManifest } from '../../manifest/read.ts';
import { appendText, canAppendTo } from '../append-object.ts';
import type { Design, Picture, Placement, PlacementKey, RecordId } from '../design.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import { placementKeyOf } from '../file-layout.ts';
import type { Command, CommandRefusal } from './command.ts';
import { withPlacements } from './move-placements.ts';
import { namespaceEdit } from './namespace-edit.ts';

export interface InsertManifestArguments {
  /** YAML of one or several documents without namespaces; a layout block says how they stand to each other. */
  readonly text: string;
  /** Name of the file where the objects do not go to the end of the only one: `web.yaml`. */
  readonly file: string;
  /** What the undo list calls it. */
  readonly title: string;
  /** The word that all names and labels of the text are made of. Where it is taken it gets a number, everywhere at once. */
  readonly stem?: string;
  /** Left out of the objects when missing. Ignored for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly picture?: Picture;
  /** Where the top left card goes, in its frame. Without it, everything is laid out automatically. */
  readonly at?: Placement;
}

/** Puts several objects that belong together into the design, as one step. */
export const insertManifest: Command<InsertManifestArguments> = {
  id: 'manifest.insert',
  canRun: () => undefined,
  run({ design, registry }, { text, file, title, stem, namespace, picture = 'application', at }) {
    const own = freeText({ design, registry, namespace: namespace ?? DEFAULT_NAMESPACE }, text, stem);
    const added = appendAll(design, registry, readManifest(file, stripLayout(own)), placeOf(design, file));
    if (isRefused(added)) return added;
    const moved = intoNamespace(added, registry, namespace);
    if (isRefused(moved)) return moved;
    const placed = at ? withPlacements(moved, picture, placesIn(text, moved, added.records, picture, at)) : moved;
    return {
      design: placed,
      description: { id: 'manifest.insert', params: { title, count: added.records.length } },
      select: added.records,
    };
  },
};

interface Target {
  readonly design: Design;
  readonly registry: KindRegistry;
  readonly namespace: string;
}

/** The text under a stem whose identities are all free. */
function freeText({ design, registry, namespace }: Target, text: string, stem: string | undefined): string {
  if (stem === undefined) return text;
  const taken = new Set<ObjectIdentity>();
  for (const { identity } of design.records.values()) taken.add(identity);
  for (let number = 1; ; number++) {
    const own = number === 1 ? text : text.replaceAll(wordOf(stem), `${stem}-${number}`);
    const isFree = readManifest('', own).segments.every(
      (segment) =>
        segment.type === 'raw' ||
        segment.objects.every(({ object }) => {
          const scope = registry.of(object).scope === 'Cluster' ? '' : namespace;
          return !taken.has(objectIdentity(groupVersionKindOf(object), scope, nameOf(object)));
        }),
    );
    if (isFree) return own;
  }
}

/** The stem where it is a word, or the first part of a name: `web` and `web-config`, not `webhook` or `my.web`. */
function wordOf(stem: string): RegExp {
  return new RegExp(`(?<![\\w./-])${stem}(?![\\w/])`, 'g');
}

function placeOf(design: Design, wanted: string): { readonly beside?: string; readonly name: string } {
  const [first, ...others] = [...design.files.values()];
  return first && others.length === 0 && canAppendTo(design, first)
    ? { beside: first.path, name: wanted }
    : { name: wanted };
}

interface Added {
  readonly design: Design;
  readonly records: readonly RecordId[];
}

function appendAll(
  design: Design,
  registry: KindRegistry,
  { segments }: ManifestFile,
  { beside, name }: ReturnType<typeof placeOf>,
): Added | CommandRefusal {
  const records: RecordId[] = [];
  let next = design;
  let file = beside;
  for (const segment of segments) {
    if (segment.type === 'raw') continue;
    const added = appendText(next, registry, segment.text, file === undefined ? {} : { beside: file }, name);
    next = added.design;
    records.push(added.record);
    file = next.records.get(added.record)?.file;
  }
  return records.length === 0 ? { refused: 'command.nothingSelected' } : { design: next, records };
}

function intoNamespace({ design, records }: Added, registry: KindRegistry, namespace: string | undefined) {
  let next = design;
  for (const id of records) {
    const record = next.records.get(id);
    if (!record || namespace === undefined || record.namespace === '' || record.namespace === namespace) continue;
    const edited = editFields(next, registry, record, [namespaceEdit(record, namespace)]);
    if (isRefused(edited)) return edited;
    next = edited;
  }
  return next;
}

/** Places of the records as the layout of the text says, moved so that the top left one stands at `at`. */
function placesIn(
  text: string,
  design: Design,
  records: readonly RecordId[],
  picture: Picture,
  at: Placement,
): ReadonlyMap<PlacementKey, Placement> {
  const entries = (parseLayout(text)?.entries ?? []).filter((entry) => entry.picture === picture);
  const places = new Map(entries.map(({ key, x, y }) => [key, { x, y }]));
  // The layout speaks of the objects as the text names them; the records are those in the same order, maybe renamed.
  const drawn = readManifest('', text).segments.flatMap((segment) =>
    segment.type === 'raw' ? [] : segment.objects.slice(0, 1).map(({ object }) => object),
  );
  const found = records.flatMap((id, index) => {
    const record = design.records.get(id);
    const object = drawn[index];
    if (!record || !object) return [];
    const scope = record.namespace === '' ? '' : DEFAULT_NAMESPACE;
    const place = places.get(objectIdentity(groupVersionKindOf(object), scope, nameOf(object)));
    return place ? [[record, place] as const] : [];
  });
  if (found.length === 0) {
    const [first] = records;
    const record = first === undefined ? undefined : design.records.get(first);
    return record ? new Map([[placementKeyOf(record), at]]) : new Map();
  }
  const left = Math.min(...found.map(([, { x }]) => x));
  const top = Math.min(...found.map(([, { y }]) => y));
  return new Map(
    found.map(([record, { x, y }]) => [placementKeyOf(record), { x: x - left + at.x, y: y - top + at.y }] as const),
  );
}
