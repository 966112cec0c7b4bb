import type { GlossaryCard, Flow, Place } from '../../src/lessons/glossary/card.ts';
import { CATEGORIES } from '../../src/lessons/glossary/card.ts';
import type { Assessing, Covered } from '../../src/lessons/glossary/coverage.ts';
import { countCoverage, coverageOfCard, coverageOfFlow } from '../../src/lessons/glossary/coverage.ts';
import { FLOWS } from '../../src/lessons/glossary/data/flows.ts';
import { CARDS, CORRECTIONS } from '../../src/lessons/glossary/glossary.ts';
import { glossary } from '../../src/locales/en/glossary.ts';

/** `docs/checklist.md` for the lessons that are there. */
export function checklistDocument(lessons: readonly Assessing[]): string {
  const cards = CARDS.map((card) => ({ card, covered: coverageOfCard(card, lessons) }));
  const flows = FLOWS.map((flow) => ({ flow, covered: coverageOfFlow(flow, lessons) }));
  const missing = cards.filter(({ covered }) => covered.coverage === 'missing');
  const missingFlows = flows.filter(({ covered }) => covered.coverage === 'missing');
  const awaited = [...new Set(missing.flatMap(({ covered }) => covered.awaited))].sort();
  return `# Checklist: where each thing of the notes is shown

The ${CARDS.length} items and ${FLOWS.length} flows of the classroom's checklist. The lessons name the items they assess and the flows they show; this page is written from them: \`DRYDOCK_WRITE=1 npx vitest run test/lessons/checklist.test.ts\`.
Every item has a card in the glossary, in both languages. A card explains; shown means a lesson, a screen or a run.

${countTable(
  cards.map(({ covered }) => covered),
  flows.map(({ covered }) => covered),
)}

Lessons that are there: ${lessons.length} of 30 (${lessons.map(({ id }) => id).join(', ')}).

## Not yet shown

${missing.length} of ${CARDS.length} items have a card only, though the checklist asks for more${awaited.length > 0 ? `; the lessons ${awaited.join(', ')} are to show ${missing.filter(({ covered }) => covered.awaited.length > 0).length} of them` : ''}.

${missing.map(({ card, covered }) => `- ${card.number} ${card.term.en} (${card.term.zh})${covered.awaited.length > 0 ? `: ${covered.awaited.join(', ')}` : ''}`).join('\n')}

${missingFlows.length} of ${FLOWS.length} flows:

${missingFlows.map(({ flow, covered }) => `- ${flow.id} ${flow.title.en} (${flow.title.zh}): ${covered.awaited.join(', ')}`).join('\n')}

## Items

${CATEGORIES.map((category) => itemTable(category, cards)).join('\n\n')}

## Flows

| flow | what | 中文 | lessons | still to come in | runs and screens |
| --- | --- | --- | --- | --- | --- |
${flows.map(({ flow, covered }) => flowRow(flow, covered)).join('\n')}

## In the notes / Today (讲义 / 现状)

${CORRECTIONS.length} corrections. A: a wrong mechanism, B: out of date, C: not exact, D: an opinion.

| | class | about | 中文 | since | source | items | lessons |
| --- | --- | --- | --- | --- | --- | --- | --- |
${CORRECTIONS.map(({ id, class: own, title, since, source, items }) => {
  const told = lessons.filter(({ corrections }) => corrections.includes(id)).map((lesson) => lesson.id);
  return row([id, own, title.en, title.zh, since ?? '', source, items.join(', '), told.join(', ')]);
}).join('\n')}
`;
}

const WORDS = {
  lesson: glossary['coverage.lesson'],
  shown: glossary['coverage.shown'],
  card: glossary['coverage.card'],
  missing: glossary['coverage.missing'],
};

function countTable(items: readonly Covered[], flows: readonly Covered[]): string {
  const [ofItems, ofFlows] = [countCoverage(items), countCoverage(flows)];
  const rows = (['lesson', 'shown', 'card', 'missing'] as const).map((name) =>
    row([WORDS[name], String(ofItems[name]), String(ofFlows[name])]),
  );
  return ['| shown | items | flows |', '| --- | --- | --- |', ...rows].join('\n');
}

function itemTable(
  category: GlossaryCard['category'],
  cards: readonly { readonly card: GlossaryCard; readonly covered: Covered }[],
): string {
  return `### ${glossary[`category.${category}`]}

| item | what | 中文 | shown | lessons | still to come in | kinds, templates, runs and screens |
| --- | --- | --- | --- | --- | --- | --- |
${cards
  .filter(({ card }) => card.category === category)
  .map(({ card: { number, term }, covered }) =>
    row([
      String(number),
      term.en,
      term.zh,
      WORDS[covered.coverage],
      covered.lessons.join(', '),
      covered.awaited.join(', '),
      placesText(covered.places),
    ]),
  )
  .join('\n')}`;
}

function flowRow({ id, title }: Flow, { lessons, awaited, places }: Covered): string {
  return row([id, title.en, title.zh, lessons.join(', '), awaited.join(', '), placesText(places)]);
}

function placesText(places: readonly Place[]): string {
  return places.map((place) => `\`${place}\``).join(' ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
