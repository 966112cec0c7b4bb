import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatGroupKind } from '../../src/apimachinery/group-version-kind.ts';
import { KIND_DEFINITIONS } from '../../src/kinds/index.ts';
import { CATEGORIES, SCREENS } from '../../src/lessons/glossary/card.ts';
import type { Place } from '../../src/lessons/glossary/card.ts';
import { coverageOfCard, coverageOfFlow } from '../../src/lessons/glossary/coverage.ts';
import { FLOWS } from '../../src/lessons/glossary/data/flows.ts';
import { CARDS, CORRECTIONS } from '../../src/lessons/glossary/glossary.ts';
import { KIND_CARDS } from '../../src/lessons/glossary/kind-cards.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { NUMBERS_1_36 } from '../../src/simulator/release/1.36.ts';
import { PATTERNS } from '../../src/workspace/patterns.ts';
import { TEMPLATES } from '../../src/workspace/templates.ts';
import { lessonObject } from '../../src/workspace/lessons/lesson-files.ts';
import { checklistDocument } from '../support/checklist-document.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'templates/lessons');
const DOCUMENT = join(ROOT, 'docs/checklist.md');
/** The lessons of the catalogue. */
const CATALOGUE = /^(?:A[12]|B[1-4]|C[1-7]|D[1-3]|E[1-7]|F[1-7])$/;
const CJK = /\p{Script=Han}/u;

const lessons = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readLesson(lessonObject(name, readFileSync(join(FOLDER, name), 'utf8'))).lesson)
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const KINDS = new Set(KIND_DEFINITIONS.map(formatGroupKind));
const NAMES = {
  kind: (name: string) => KINDS.has(name),
  template: (name: string) => TEMPLATES.some(({ id }) => id === name),
  pattern: (name: string) => PATTERNS.some(({ id }) => id === name),
  simulator: (name: string) => existsSync(join(ROOT, 'src/simulator', name)),
  screen: (name: string) => SCREENS.some((screen) => screen === name),
} as const;

function isThere(place: Place): boolean {
  const [type, name] = place.split(/:(.*)/s);
  return Object.entries(NAMES).some(([key, exists]) => key === type && exists(name ?? ''));
}

describe('the glossary', () => {
  it('has a card for each of the 170 items, in eleven chapters and two languages', () => {
    expect(CARDS.map(({ number }) => number)).toEqual(Array.from({ length: 170 }, (_, index) => index + 1));
    expect(new Set(CARDS.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
    for (const { number, term, says, see } of CARDS) {
      expect(says.en, String(number)).not.toMatch(CJK);
      expect(says.zh, String(number)).toMatch(CJK);
      // Two or three sentences; a list of names may be one.
      expect(says.en.split(/[.:;?!] /).length, says.en).toBeGreaterThanOrEqual(2);
      expect(says.en.length, says.en).toBeLessThan(400);
      expect(see, String(number)).not.toContain(number);
      for (const other of see) expect(CARDS[other - 1], `${number} sees ${other}`).toBeDefined();
      expect(term.en, String(number)).not.toMatch(CJK);
    }
    for (const said of ['en', 'zh'] as const) {
      const terms = CARDS.map(({ term }) => term[said]);
      expect(new Set(terms).size, said).toBe(terms.length);
    }
  });

  it('finds the words of the notes and of former times', () => {
    const old = CARDS.flatMap((card) => card.old ?? []);
    for (const word of ['Master', 'Minion', 'slave', '主节点', 'dockershim', 'predicates', '优选', 'rebbion', 'PetSet'])
      expect(old).toContain(word);
  });

  it('says the numbers of the release', () => {
    const { kubelet, horizontalPodAutoscaler: hpa, schedulerBackoff, apiServer } = NUMBERS_1_36;
    const seconds = (ms: number): string => String(ms / 1000);
    const told: readonly (readonly [number, ...(readonly string[])])[] = [
      [87, seconds(kubelet.renewMs)],
      [97, seconds(hpa.syncPeriodMs), String(hpa.tolerance * 100), String(hpa.downscaleStabilizationMs / 60_000)],
      [99, seconds(schedulerBackoff.initialMs), seconds(schedulerBackoff.maxMs)],
      [117, String(apiServer.eventTtlSeconds / 3600).replace('1', 'hour')],
    ];
    for (const [number, ...words] of told)
      for (const word of words) expect(CARDS[number - 1]!.says.en, String(number)).toContain(word);
  });

  it('has a source and both languages for each of the 55 corrections', () => {
    expect(CORRECTIONS.map(({ id }) => id)).toEqual(Array.from({ length: 55 }, (_, index) => `X${index + 1}`));
    for (const { id, notes, today, title, source, items } of CORRECTIONS) {
      for (const said of [notes, today, title]) {
        if (id !== 'X11' || said !== notes) expect(said.en.replaceAll('“', ''), id).not.toMatch(CJK);
        expect(said.zh, id).not.toBe('');
      }
      expect(today.zh, id).toMatch(CJK);
      expect(source, id).not.toBe('');
      expect(items.length, id).toBeGreaterThan(0);
      for (const number of items) expect(CARDS[number - 1], `${id} ${number}`).toBeDefined();
    }
  });
});

it('leads from every kind that a card shows to the card that says most of it', () => {
  for (const [name, number] of Object.entries(KIND_CARDS))
    expect(CARDS[number - 1]!.shown, name).toContain(`kind:${name}`);
  const kinds = CARDS.flatMap(({ shown }) => shown.filter((place) => place.startsWith('kind:')));
  for (const place of kinds) expect(KIND_CARDS, place).toHaveProperty([place.slice('kind:'.length)]);
});

describe('the checklist', () => {
  it('has 26 flows', () => {
    expect(FLOWS.map(({ id }) => id)).toEqual(
      Array.from({ length: 26 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`),
    );
  });

  it('names only places that are there, and lessons of the catalogue', () => {
    for (const { shown, lessons: wanted } of [...CARDS, ...FLOWS]) {
      for (const place of shown) expect(isThere(place), place).toBe(true);
      for (const id of wanted) expect(id).toMatch(CATALOGUE);
    }
    expect(isThere('kind:Nothing')).toBe(false);
    expect(isThere('simulator:nowhere')).toBe(false);
  });

  it('has a place for every item and flow, or a lesson of the catalogue that is still to be written', () => {
    const homeless = [
      ...CARDS.filter((card) => {
        const { coverage, awaited } = coverageOfCard(card, lessons);
        return coverage === 'missing' && awaited.length === 0;
      }).map(({ number, term }) => `${number} ${term.en}`),
      ...FLOWS.filter((flow) => {
        const { coverage, awaited } = coverageOfFlow(flow, lessons);
        return coverage === 'missing' && awaited.length === 0;
      }).map(({ id }) => id),
    ];
    expect(homeless).toEqual([]);
  });

  it('knows every item, flow and correction that a lesson names', () => {
    for (const { id, items, flows, corrections } of lessons) {
      for (const number of items) expect(CARDS[number - 1], `${id}: ${number}`).toBeDefined();
      for (const flow of flows)
        expect(
          FLOWS.map((known) => known.id),
          id,
        ).toContain(flow);
      for (const correction of corrections)
        expect(
          CORRECTIONS.map((known) => known.id),
          id,
        ).toContain(correction);
    }
  });

  it('grows with the lessons', () => {
    const more = [{ id: 'B2', items: [42, 43], flows: ['F15'], corrections: [] }];
    const chroot = CARDS[42]!;
    expect(coverageOfCard(chroot, []).coverage).toBe('missing');
    expect(coverageOfCard(chroot, more)).toMatchObject({ coverage: 'lesson', awaited: [] });
    const namespaces = CARDS[43]!;
    expect(coverageOfCard(namespaces, [])).toMatchObject({ coverage: 'missing', awaited: ['B2'] });
    // The lesson is there and forgot it: it has no place, and nobody is waited for.
    expect(coverageOfCard(namespaces, more)).toMatchObject({ coverage: 'missing', awaited: [] });
  });

  it('stands in the documents as it is', () => {
    const wanted = checklistDocument(lessons);
    if (process.env['DRYDOCK_WRITE']) writeFileSync(DOCUMENT, wanted);
    // Stale: DRYDOCK_WRITE=1 npx vitest run test/lessons/checklist.test.ts
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(wanted);
  });
});
