import { nameOf } from '../../apimachinery/object.ts';
import { connectionChoices } from '../../design/commands/connect-records.ts';
import type { ConnectionChoice } from '../../design/commands/connect-records.ts';
import type { Design, RecordId } from '../../design/design.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { Refusal } from '../../kinds/field-edit.ts';
import type { KindRegistry } from '../../kinds/registry.ts';

interface Known {
  readonly design: Design;
  readonly registry: KindRegistry;
}

/** One meaning of an arrow, and which end writes it. */
export interface Meaning extends ConnectionChoice {
  readonly key: string;
  readonly source: RecordId;
  readonly target: RecordId;
  readonly names: { readonly from: string; readonly to: string };
}

/** Every meaning between two objects: first those of the way the arrow was drawn, then those of the other way. */
export function meaningsBetween(known: Known, a: RecordId, b: RecordId): readonly Meaning[] {
  return [...meaningsOf(known, a, b), ...meaningsOf(known, b, a)];
}

function meaningsOf(known: Known, source: RecordId, target: RecordId): readonly Meaning[] {
  const [from, to] = [known.design.records.get(source), known.design.records.get(target)];
  if (!from || !to) return [];
  const names = { from: nameOf(from.object), to: nameOf(to.object) };
  return connectionChoices(known, source, target).map((choice) => ({
    ...choice,
    key: `${source} ${choice.id}`,
    source,
    target,
    names,
  }));
}

/** Whether an arrow between two objects can be drawn; if not, why, in one refusal. */
export function verdictBetween(known: Known, a: RecordId, b: RecordId): { readonly legal: Meaning } | Refusal {
  const meanings = meaningsBetween(known, a, b);
  const legal = meanings.find(({ outcome }) => !isRefusal(outcome));
  if (legal) return { legal };
  const refusals = meanings.flatMap(({ outcome }) => (isRefusal(outcome) ? [outcome] : []));
  // Why the likeliest meaning is not possible says more than that another never is.
  return (
    refusals.find(({ refused }) => refused !== 'connect.noMeaning') ?? refusals[0] ?? { refused: 'connect.noMeaning' }
  );
}
