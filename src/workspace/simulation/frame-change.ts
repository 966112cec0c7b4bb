import { jsonEqual } from '../../base/json.ts';
import type { Frame } from './frame.ts';

/** A list as it is now: a number is the place of an item in the list as it was. Survives a structured clone. */
type ListChange<Item> = readonly (number | Item)[];

type Listed<Field extends keyof Frame> = Frame[Field] extends readonly (infer Item)[] ? Item : never;

const LISTS = ['components', 'controllers', 'nodes', 'unplaced', 'workloads', 'services'] as const;
type ListField = (typeof LISTS)[number];

/** What makes one moment out of another; a list that is not named is as it was. */
export type FrameChange = Pick<Frame, 'timeMs' | 'revision'> & {
  readonly there?: readonly string[];
} & { readonly [Field in ListField]?: ListChange<Listed<Field>> };

const keys: { readonly [Field in ListField]: (item: Listed<Field>) => string } = {
  components: ({ id }) => id,
  controllers: ({ id }) => id,
  nodes: ({ name }) => name,
  unplaced: ({ uid }) => uid,
  workloads: ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`,
  services: ({ namespace, name }) => `${namespace}/${name}`,
};

/** What has to be told to somebody who has a moment, or none, so that they have another. */
export function frameChange(before: Frame | undefined, after: Frame): FrameChange {
  const lists = LISTS.map((field) => [field, listChange(before, after, field)] as const);
  return {
    timeMs: after.timeMs,
    revision: after.revision,
    ...(!jsonEqual(before?.there, after.there) && { there: after.there }),
    ...Object.fromEntries(lists.filter(([, change]) => change !== undefined)),
  };
}

/** The moment that a change makes; what has not changed is the same value, so that nobody draws it anew. */
export function changedFrame(before: Frame | undefined, change: FrameChange): Frame {
  const list = <Field extends ListField>(field: Field): readonly Listed<Field>[] => {
    const was = listOf(before, field);
    const items = change[field] as ListChange<Listed<Field>> | undefined;
    return items === undefined ? was : items.map((item) => (typeof item === 'number' ? was[item]! : item));
  };
  return {
    timeMs: change.timeMs,
    revision: change.revision,
    there: change.there ?? before?.there ?? [],
    components: list('components'),
    controllers: list('controllers'),
    nodes: list('nodes'),
    unplaced: list('unplaced'),
    workloads: list('workloads'),
    services: list('services'),
  };
}

function listOf<Field extends ListField>(frame: Frame | undefined, field: Field): readonly Listed<Field>[] {
  return (frame?.[field] ?? []) as readonly Listed<Field>[];
}

function listChange<Field extends ListField>(
  before: Frame | undefined,
  after: Frame,
  field: Field,
): ListChange<Listed<Field>> | undefined {
  const [was, is] = [listOf(before, field), listOf(after, field)];
  if (was === is) return undefined;
  const places = new Map(was.map((item, index) => [keys[field](item), index]));
  const items = is.map((item) => {
    const place = places.get(keys[field](item));
    return place !== undefined && isSame(was[place], item) ? place : item;
  });
  return items.length === was.length && items.every((item, index) => item === index) ? undefined : items;
}

function isSame(before: unknown, after: unknown): boolean {
  return before === after || jsonEqual(before, after);
}
