import { nameOf } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import type { PodTemplateView } from '../../kinds/kind.ts';
import { DesignBuilder } from '../design-builder.ts';
import type { Design, RecordId } from '../design.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import { editsOfContainers, editsOfTemplate } from '../put-into.ts';
import type { PutInto } from '../put-into.ts';
import { removeRecord } from '../remove-record.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';
import { insertManifest } from './insert-manifest.ts';

/** What is put in: a Pod of the design, or the text of a pattern with the word that its names are made of. */
export type PutSource =
  | { readonly record: RecordId; /** The Pod itself goes. */ readonly takeAway: boolean }
  | { readonly text: string; readonly title: string; readonly stem?: string };

export interface PutIntoArguments {
  readonly source: PutSource;
  readonly workload: RecordId;
  readonly how: PutInto;
}

/**
 * Puts a Pod into a workload: its containers become containers of the template, or the template becomes the Pod. Of a
 * pattern the objects that its Pods point at come with it, and nothing else.
 */
export const putInto: Command<PutIntoArguments> = {
  id: 'record.putInto',
  canRun: ({ design, registry }, { source, workload }) => {
    const target = design.records.get(workload);
    if (!target || ('record' in source && !design.records.has(source.record)))
      return { refused: 'command.noSuchRecord' };
    if (!registry.of(target.object).podTemplate?.(target.object)) return { refused: 'connect.noPodTemplate' };
    const from = 'record' in source ? design.records.get(source.record) : undefined;
    if (from?.id === workload) return { refused: 'command.noChange' };
    if (from && from.namespace !== target.namespace)
      return { refused: 'connect.otherNamespace', params: { source: from.namespace, target: target.namespace } };
    return undefined;
  },
  run(context, { source, workload, how }) {
    const brought =
      'record' in source ? { design: context.design, record: source.record } : bring(context, source, workload);
    if (isRefused(brought)) return brought;
    const { registry } = context;
    const from = templateOf(brought.design, registry, brought.record);
    const target = brought.design.records.get(workload)!;
    const into = templateOf(brought.design, registry, workload);
    if (!from || !into) return { refused: 'connect.noPodTemplate' };
    const edits = how === 'template' ? editsOfTemplate(from, into) : editsOfContainers(from, into);
    if (edits.length === 0) return { refused: 'command.noChange' };
    const edited = editFields(brought.design, registry, target, edits);
    if (isRefused(edited)) return edited;
    const next = 'text' in source || source.takeAway ? without(edited, context, [brought.record]) : edited;
    if (isRefused(next)) return next;
    const name = 'text' in source ? source.title : nameOf(context.design.records.get(source.record)!.object);
    return {
      design: next,
      description: { id: 'record.putInto', params: { name, workload: nameOf(target.object) } },
      select: [workload],
    };
  },
};

interface Brought {
  readonly design: Design;
  /** The first object of the pattern that has Pods. */
  readonly record: RecordId;
}

/** The pattern as if it were added, without what its Pods do not point at. */
function bring(
  context: CommandContext,
  { text, title, stem }: Extract<PutSource, { readonly text: string }>,
  workload: RecordId,
): Brought | CommandRefusal {
  const { namespace, file } = context.design.records.get(workload)!;
  const added = insertManifest.run(context, {
    text,
    file,
    title,
    ...(stem !== undefined && { stem }),
    ...(hasOwnNamespace(context, workload) && { namespace }),
  });
  if (isRefused(added)) return added;
  const { design, select = [] } = added;
  const record = select.find((id) => templateOf(design, context.registry, id));
  if (record === undefined) return { refused: 'connect.noPodTemplate' };
  const { object } = design.records.get(record)!;
  const pointedAt = new Set(
    context.registry
      .of(object)
      .references(object)
      .flatMap(({ target }) => (target.by === 'name' ? [`${target.kind} ${target.name}`] : [])),
  );
  const idle = select.filter((id) => {
    const other = design.records.get(id)!.object;
    return id !== record && !pointedAt.has(`${other.kind} ${nameOf(other)}`);
  });
  const next = without(design, context, idle);
  return isRefused(next) ? next : { design: next, record };
}

/** What comes beside the workload says its namespace as the workload does. */
function hasOwnNamespace({ design }: CommandContext, id: RecordId): boolean {
  return valueAt(design.records.get(id)?.object, 'metadata', 'namespace') !== undefined;
}

function without(design: Design, { registry }: CommandContext, records: readonly RecordId[]): Design | CommandRefusal {
  const builder = new DesignBuilder(design, registry);
  for (const id of records) {
    const refusal = removeRecord(builder, builder.design.records.get(id)!);
    if (refusal) return refusal;
  }
  return builder.design;
}

function templateOf(design: Design, registry: CommandContext['registry'], id: RecordId): PodTemplateView | undefined {
  const object = design.records.get(id)?.object;
  return object && registry.of(object).podTemplate?.(object);
}
