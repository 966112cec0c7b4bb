import type { Lesson } from '../lesson.ts';
import type { Card, Flow, Place } from './card.ts';

/** What a lesson says of itself that the checklist reads. */
export type Assessing = Pick<Lesson, 'id' | 'items' | 'flows' | 'corrections'>;

/**
 * `lesson`: a lesson that is there assesses it. `shown`: a screen or a run shows it, without a lesson. `card`: its card is
 * all that is asked for. `missing`: it is not shown yet.
 */
export const COVERAGES = ['lesson', 'shown', 'card', 'missing'] as const;
export type Coverage = (typeof COVERAGES)[number];

export interface Covered {
  readonly coverage: Coverage;
  /** Lessons that are there and show it, in their order. */
  readonly lessons: readonly string[];
  /** Lessons of the catalogue that are to show it and are not there yet. */
  readonly awaited: readonly string[];
  readonly places: readonly Place[];
}

/** Where an item of the checklist is shown. */
export function coverageOfCard(card: Card, lessons: readonly Assessing[]): Covered {
  const found = lessons.filter(({ items }) => items.includes(card.number));
  return covered(card, lessons, found, card.cardOnly === true);
}

/** Where a flow is shown. */
export function coverageOfFlow(flow: Flow, lessons: readonly Assessing[]): Covered {
  const found = lessons.filter(({ flows }) => flows.includes(flow.id));
  return covered(flow, lessons, found, false);
}

function covered(
  { lessons: wanted, shown }: Pick<Card, 'lessons' | 'shown'>,
  there: readonly Assessing[],
  found: readonly Assessing[],
  cardOnly: boolean,
): Covered {
  const lessons = found.map(({ id }) => id).sort();
  const coverage = lessons.length > 0 ? 'lesson' : shown.length > 0 ? 'shown' : cardOnly ? 'card' : 'missing';
  return {
    coverage,
    lessons,
    awaited: wanted.filter((id) => !there.some((lesson) => lesson.id === id)),
    places: shown,
  };
}

/** How many of what is covered in which way. */
export function countCoverage(all: readonly Covered[]): Readonly<Record<Coverage, number>> {
  const counts = { lesson: 0, shown: 0, card: 0, missing: 0 };
  for (const { coverage } of all) counts[coverage]++;
  return counts;
}
