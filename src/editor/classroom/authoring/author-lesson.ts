import { parseFieldPath } from '../../../apimachinery/field-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, objectAt, stringAt } from '../../../base/json.ts';
import { withPath } from '../../../base/with-path.ts';
import { withoutPath } from '../../../base/without-path.ts';
import {
  freshId,
  itemsOf,
  newLesson,
  recordedRun,
  withFinders,
  withItem,
  withoutStep,
} from '../../../lessons/authoring/draft.ts';
import { isModelLesson } from '../../../lessons/lesson.ts';
import { readLesson } from '../../../lessons/read-lesson.ts';
import { runProblems } from '../../../workspace/lessons/lesson-text.ts';
import { scriptObject } from '../../../workspace/simulation/keep/script-in.ts';
import type { LogEntry } from '../../../workspace/simulation/simulation.ts';
import { i18n, loadLanguage } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { closeDialog } from '../../page-state.ts';
import { LANGUAGES } from '../../settings.ts';
import { captionText } from '../../simulation/caption-text.ts';
import { guide } from '../../simulation/guide.ts';
import { runSide } from '../../simulation/run-side.ts';
import { openLessonDesign, runEnded, startLessonRun } from '../begin-lesson-run.ts';
import type { LessonParts } from '../begin-lesson-run.ts';
import { openLessonObject } from '../lead-lesson.ts';
import { lessonStore } from '../lesson-state.ts';
import type { Mode } from '../modes.ts';
import { authorStore, keepDraft } from './author-state.ts';
import type { Authoring } from './author-state.ts';

/** Begins a lesson about the branch that is shown. */
export async function beginLesson(name: string, parts: LessonParts): Promise<void> {
  const recorded = await record(parts);
  if (recorded === undefined) return;
  const words = await textsOf((t) => t('authoring:chapterOne'));
  const draft = newLesson(recordedRun(recorded.script), { en: name, zh: name }, { en: words.en, zh: words.zh });
  open(draft, recorded.hash, parts);
}

/** Opens a lesson to write on: its run is played, and the pane stands beside it. Throws for one about a model. */
export async function openDraft(draft: JsonObject, parts: LessonParts): Promise<void> {
  const { lesson } = readLesson(draft);
  if (isModelLesson(lesson)) throw new Error(i18n.t('authoring:noModel'));
  closeDialog();
  leavePreview();
  open(draft, undefined, parts);
  if (runProblems(lesson).length > 0) return;
  await openLessonDesign(lesson, parts);
  await playDraft();
}

/** Plays the run of the draft from its beginning. */
export async function playDraft(): Promise<void> {
  const { open: now } = authorStore.getState();
  if (now === undefined || runProblems(now.lesson).length > 0) return;
  startLessonRun(now.lesson, now.parts);
  if (!(await runEnded(now.parts.simulation))) return;
  const hash = now.parts.simulation.store.getState().branches[0]?.hash;
  update((state) => ({ ...state, recorded: hash }));
  await check();
}

/** Puts what was done in the branch that is shown in the place of the run of the draft. */
export async function takeRun(): Promise<void> {
  const { open: now } = authorStore.getState();
  const recorded = now && (await record(now.parts));
  if (recorded === undefined) return;
  changeDraft((draft) => ({ ...draft, run: recordedRun(recorded.script, objectAt(draft, 'run')) }));
  update((state) => ({ ...state, recorded: recorded.hash }));
}

async function record({ simulation }: LessonParts): Promise<{ script: JsonObject; hash: string } | undefined> {
  const { branch, branches } = simulation.store.getState();
  const hash = branches[branch]?.hash;
  const text = hash === undefined ? undefined : await simulation.ask('script', { title: 'run' });
  return hash === undefined || text === undefined ? undefined : { script: scriptObject(text), hash };
}

function open(draft: JsonObject, recorded: string | undefined, parts: LessonParts): void {
  authorStore.setState({ open: { ...read(draft), recorded, parts, check: undefined } });
  keepDraft(draft);
  checkSoon();
}

function read(draft: JsonObject): Pick<Authoring, 'draft' | 'lesson' | 'problems'> {
  const { lesson, problems } = readLesson(draft);
  return { draft, lesson, problems: [...problems, ...runProblems(lesson)] };
}

function update(change: (open: Authoring) => Authoring): void {
  const { open: now } = authorStore.getState();
  if (now !== undefined) authorStore.setState({ open: change(now) });
}

/** Changes the lesson; what is wrong with it follows. */
export function changeDraft(change: (draft: JsonObject) => JsonObject): void {
  update((state) => ({ ...state, ...read(change(state.draft)) }));
  keepDraft(authorStore.getState().open?.draft);
  checkSoon();
}

/** Sets a field of the lesson, `steps[2].caption.en`; undefined takes it away. */
export function setField(field: string, value: JsonValue | undefined): void {
  const path = parseFieldPath(field);
  changeDraft((draft) => {
    const next = value === undefined ? withoutPath(draft, path) : withPath(draft, path, value);
    return isJsonObject(next) ? next : draft;
  });
}

export function closeAuthoring(): void {
  authorStore.setState({ open: undefined });
  runSide.setState({ Side: undefined });
  keepDraft(undefined);
}

/** How long nothing more is typed before the simulator is asked, in milliseconds. */
const QUIET_MS = 400;
let waiting: ReturnType<typeof setTimeout> | undefined;

function checkSoon(): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => void check(), QUIET_MS);
}

async function check(): Promise<void> {
  const { open: now } = authorStore.getState();
  if (now === undefined || lessonStore.getState().open !== undefined) return;
  const { simulation } = now.parts;
  const { branch, branches } = simulation.store.getState();
  if (branches[branch]?.hash === undefined) return;
  const found = await simulation.ask('lessonCheck', { lesson: now.lesson, variant: 0 }, { branch, seq: 1 });
  update((state) => (found !== undefined && state.lesson === now.lesson ? { ...state, check: found } : state));
}

/** Makes the step that is shown a step of the lesson, with what the page says of it; says why it cannot be one. */
export async function markStep(): Promise<'marked' | 'notTold' | 'notThere'> {
  const { open: now } = authorStore.getState();
  const { simulation } = now!.parts;
  const { branch, branches, seq } = simulation.store.getState();
  if (branches[branch]?.hash !== now!.recorded) await takeRun();
  const { draft } = authorStore.getState().open!;
  const entry = branches[branch]?.entries[seq - 1];
  if (entry === undefined) return 'notThere';
  const steps = itemsOf(draft, 'steps');
  const places = await placesOf();
  const index = steps.filter((step) => (places.get(stringAt(step, 'id') ?? '') ?? 0) <= seq).length;
  const id = freshId(steps, 'step');
  const step: JsonObject = {
    id,
    chapter: chapterAt(draft, index),
    detail: 'story',
    find: { verb: 'unknown' },
    caption: await captionsOf(entry),
  };
  const next = withItem(draft, 'steps', index, step);
  const finders = await findersFor(next, new Map([...places, [id, seq]]));
  if (finders === undefined || finders[id] === null) return 'notTold';
  changeDraft(() => withFinders(next, finders));
  return 'marked';
}

/** Takes a step out; those behind it are found as before. */
export async function dropStep(id: string): Promise<void> {
  const places = await placesOf();
  const { open: now } = authorStore.getState();
  if (now === undefined) return;
  const next = withoutStep(now.draft, id);
  places.delete(id);
  const finders = (await findersFor(next, places)) ?? {};
  changeDraft(() => withFinders(next, finders));
}

/** Where the steps of the draft are in the run, by id. */
async function placesOf(): Promise<Map<string, number>> {
  const { open: now } = authorStore.getState();
  const { simulation } = now!.parts;
  const { branch } = simulation.store.getState();
  const found = await simulation.ask('lessonSteps', { lesson: now!.lesson }, { branch, seq: 1 });
  return new Map(found?.steps.map(({ id, seq }) => [id, seq]));
}

async function findersFor(
  draft: JsonObject,
  places: ReadonlyMap<string, number>,
): Promise<Readonly<Record<string, JsonObject | null>> | undefined> {
  const { simulation } = authorStore.getState().open!.parts;
  const { branch } = simulation.store.getState();
  const marked = [...places].map(([id, seq]) => ({ id, seq }));
  return simulation.ask('lessonFinders', { lesson: readLesson(draft).lesson, marked }, { branch, seq: 1 });
}

/** The chapter in which a step between two others is. */
function chapterAt(draft: JsonObject, index: number): string {
  const before = itemsOf(draft, 'steps')[index - 1] ?? itemsOf(draft, 'steps')[index];
  return stringAt(before, 'chapter') ?? stringAt(itemsOf(draft, 'chapters')[0], 'id') ?? '';
}

/** What the page says of a step, in both languages: something to begin with. */
async function captionsOf(entry: LogEntry): Promise<JsonObject> {
  const words = await textsOf((t) => captionText(t, entry));
  return { en: words.en, zh: words.zh };
}

async function textsOf(say: (t: Text) => string): Promise<{ readonly en: string; readonly zh: string }> {
  for (const language of LANGUAGES) await loadLanguage(language);
  return { en: say(i18n.getFixedT('en') as Text), zh: say(i18n.getFixedT('zh-CN') as Text) };
}

/** Shows the draft as learners see it. */
export async function previewDraft(mode: Mode): Promise<void> {
  const { open: now } = authorStore.getState();
  if (now !== undefined) await openLessonObject(now.draft, mode, now.parts);
}

/** Goes on writing where the preview left off. */
export async function backToDraft(): Promise<void> {
  const { open: now } = authorStore.getState();
  if (now !== undefined) await openDraft(now.draft, now.parts);
}

function leavePreview(): void {
  lessonStore.setState({ open: undefined });
  guide.setState({ guide: undefined });
}

/** How a step of the lesson is found after another, as the file has it. */
export async function finderOfStep(id: string, after: string): Promise<JsonObject | undefined> {
  const places = await placesOf();
  const [seq, anchor] = [places.get(id), places.get(after)];
  const { open: now } = authorStore.getState();
  if (seq === undefined || anchor === undefined || now === undefined) return undefined;
  const { simulation } = now.parts;
  return simulation.ask('finderAfter', { anchor }, { branch: simulation.store.getState().branch, seq });
}
