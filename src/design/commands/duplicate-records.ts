import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import type { FieldEdit } from '../../kinds/field-edit.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { PICTURES } from '../design.ts';
import type { Design, DesignRecord, Placement, RecordId } from '../design.ts';
import { appendObject, appendText, fileNameFor } from '../append-object.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import { documentOf } from '../records.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';
import { freeNameAmong } from './add-record.ts';
import { withPlacements } from './move-placements.ts';

export interface DuplicateRecordsArguments {
  readonly records: readonly RecordId[];
  /** Where the copies go in the Application picture, by what they are copies of. */
  readonly at?: ReadonlyMap<RecordId, Placement>;
}

/** How far a copy stands from its original, in canvas units. */
const OFFSET = 24;

/** Copies objects under new names, text and comments included; identifiers that a cluster gave are left out. */
export const duplicateRecords: Command<DuplicateRecordsArguments> = {
  id: 'record.duplicate',
  hotkey: 'Mod+D',
  canRun: ({ design }, { records }) => {
    if (records.length === 0) return { refused: 'command.nothingSelected' };
    return records.every((id) => design.records.has(id)) ? undefined : { refused: 'command.noSuchRecord' };
  },
  run(context, { records, at }) {
    let { design } = context;
    const copies: RecordId[] = [];
    for (const id of records) {
      const outcome = copy({ ...context, design }, id);
      if (isRefused(outcome)) return outcome;
      copies.push(outcome.record);
      const place = at?.get(id);
      design = place
        ? withPlacements(outcome.design, 'application', new Map([[outcome.record, place]]))
        : placeBeside(outcome.design, id, outcome.record);
    }
    const first = context.design.records.get(records[0]!)!;
    return {
      design,
      description: { id: 'record.duplicate', params: { count: records.length, name: nameOf(first.object) } },
      select: copies,
    };
  },
};

function copy(
  { design, registry }: CommandContext,
  id: RecordId,
): { readonly design: Design; readonly record: RecordId } | CommandRefusal {
  const record = design.records.get(id);
  if (!record) return { refused: 'command.noSuchRecord' };
  const taken = new Set([...design.records.values()].map(({ identity }) => identity));
  const name = copyName(registry, record, taken);
  const document = documentOf(design, record);
  const place = { beside: record.file };
  const added =
    document.format === 'yaml' && record.path.length === 0
      ? appendText(design, registry, document.text, place, fileNameFor(record.object.kind, name))
      : appendObject(design, registry, record.object, place);
  const copied = added.design.records.get(added.record)!;
  const edits = copyEdits(copied, name);
  const edited = edits.length === 0 ? added.design : editFields(added.design, registry, copied, edits);
  return isRefused(edited) ? edited : { design: edited, record: added.record };
}

/** `web-copy`, cut so that even `web-copy-99` is no longer than names may be; '' for an object that has no name. */
export function copyName(
  registry: KindRegistry,
  { object, namespace }: DesignRecord,
  taken: ReadonlySet<ObjectIdentity>,
): string {
  const name = nameOf(object);
  if (name === '') return '';
  const longest = registry.of(object).nameForm === 'label' ? LONGEST_LABEL : LONGEST_SUBDOMAIN;
  const stem = name.slice(0, longest - '-copy-99'.length).replace(/(?:-copy(?:-\d+)?)?[^a-zA-Z0-9]*$/, '');
  return freeNameAmong(taken, groupVersionKindOf(object), namespace, `${stem}-copy`);
}

/** RFC 1123; staging/src/k8s.io/apimachinery/pkg/api/validate/content/dns.go, 1.36. */
const LONGEST_LABEL = 63;
const LONGEST_SUBDOMAIN = 253;

/** Fields that only a cluster writes; a copy must not carry those of its original. */
const GIVEN_BY_CLUSTER = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
  'ownerReferences',
];

export function copyEdits(record: DesignRecord, name: string): readonly FieldEdit[] {
  const { object }: { object: KubernetesObject } = record;
  const given = GIVEN_BY_CLUSTER.filter((field) => valueAt(object, 'metadata', field) !== undefined);
  const status: FieldEdit[] = object['status'] === undefined ? [] : [{ op: 'delete', path: ['status'] }];
  return [
    ...(name === '' ? [] : [{ op: 'set', path: ['metadata', 'name'], value: name } as const]),
    ...given.map((field): FieldEdit => ({ op: 'delete', path: ['metadata', field] })),
    ...status,
  ];
}

function placeBeside(design: Design, original: RecordId, copied: RecordId): Design {
  let next = design;
  for (const picture of PICTURES) {
    const at = design.placements[picture].get(original);
    if (at) next = withPlacements(next, picture, new Map([[copied, { ...at, x: at.x + OFFSET, y: at.y + OFFSET }]]));
  }
  return next;
}
