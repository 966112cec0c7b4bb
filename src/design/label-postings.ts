import { matchesLabels } from '../apimachinery/label-selector.ts';
import type { LabelSelector } from '../apimachinery/label-selector.ts';
import type { DesignRecord } from './design.ts';

type Labels = ReadonlyMap<string, string>;

/** Something a label selector can select. */
interface Selectable {
  readonly record: DesignRecord;
  readonly labels: Labels;
}

/** The Pods that an object stands for: those of its template, and what a controller labels them with besides, each in turn. */
export interface PodsOfRecord {
  readonly labels: Labels;
  readonly added: readonly Labels[];
}

/** The place of a record in the order of the design. */
export type PlaceOf = (record: DesignRecord) => number;

/** The Pods of one namespace by label: each pair of key and value has its list, so that a selector reads the shortest it can. */
export class LabelPostings {
  private readonly all: Selectable[] = [];
  private readonly byPair = new Map<string, Selectable[]>();
  /** By labels that only a controller writes; a selector that names one of them looks nowhere else. */
  private readonly byAddedPair = new Map<string, Selectable[]>();

  /** At its place in the order of the design; last where none is given. */
  add(record: DesignRecord, { labels, added }: PodsOfRecord, placeOf?: PlaceOf): void {
    const own = { record, labels };
    insert(this.all, own, placeOf);
    for (const pair of pairsOf(labels)) insertAt(this.byPair, pair, own, placeOf);
    for (const more of added) {
      const selectable = { record, labels: new Map([...labels, ...more]) };
      for (const pair of pairsOf(more)) insertAt(this.byAddedPair, pair, selectable, placeOf);
    }
  }

  remove(record: DesignRecord, { labels, added }: PodsOfRecord): void {
    withdraw(this.all, record);
    for (const pair of pairsOf(labels)) withdraw(this.byPair.get(pair), record);
    for (const more of added) for (const pair of pairsOf(more)) withdraw(this.byAddedPair.get(pair), record);
  }

  matching(selector: LabelSelector): readonly Selectable[] {
    return this.candidates(selector).filter(({ labels }) => matchesLabels(selector, labels));
  }

  private candidates(selector: LabelSelector): readonly Selectable[] {
    let best: readonly Selectable[] = this.all;
    for (const { key, operator, values } of selector.requirements) {
      const added = operator === 'In' ? values.flatMap((value) => this.byAddedPair.get(`${key}=${value}`) ?? []) : [];
      // A Pod that stands in a manifest of its own bears such a label like any other.
      if (added.length > 0) return [...added, ...values.flatMap((value) => this.byPair.get(`${key}=${value}`) ?? [])];
      // A list per value: of several values their lists would have to be merged in order, which no selector is worth.
      if (operator !== 'In' || values.length !== 1) continue;
      const list = this.byPair.get(`${key}=${values[0]!}`) ?? NONE;
      if (list.length < best.length) best = list;
    }
    return best;
  }
}

const NONE: readonly Selectable[] = [];

/** Every pair by which a selector may find the Pods. */
export function pairsOfPods({ labels, added }: PodsOfRecord): Iterable<string> {
  return new Set([labels, ...added].flatMap((each) => [...pairsOf(each)]));
}

/** Pairs one of which a Pod has if the selector selects it; undefined where it may have none of any. */
export function pairsOfSelector({ requirements }: LabelSelector): readonly string[] | undefined {
  const first = requirements.find(({ operator, values }) => operator === 'In' && values.length > 0);
  return first?.values.map((value) => `${first.key}=${value}`);
}

function* pairsOf(labels: Labels): Iterable<string> {
  for (const [key, value] of labels) yield `${key}=${value}`;
}

function insertAt(lists: Map<string, Selectable[]>, pair: string, own: Selectable, placeOf: PlaceOf | undefined): void {
  const list = lists.get(pair);
  if (list) insert(list, own, placeOf);
  else lists.set(pair, [own]);
}

function insert(list: Selectable[], own: Selectable, placeOf: PlaceOf | undefined): void {
  insertInOrder(list, own, placeOf && (({ record }) => placeOf(record)));
}

/** Puts an item behind those that have no later place; last where places do not count. */
export function insertInOrder<Item>(list: Item[], item: Item, placeOf: ((item: Item) => number) | undefined): void {
  if (placeOf === undefined) {
    list.push(item);
    return;
  }
  const place = placeOf(item);
  let at = list.length;
  while (at > 0 && placeOf(list[at - 1]!) > place) at--;
  list.splice(at, 0, item);
}

function withdraw(list: Selectable[] | undefined, { id }: DesignRecord): void {
  if (list === undefined) return;
  for (let at = list.length - 1; at >= 0; at--) if (list[at]!.record.id === id) list.splice(at, 1);
}
