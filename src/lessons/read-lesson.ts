import type { JsonObject, JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import { Fields } from './fields.ts';
import type { Lesson, LessonStep, OfferedFault } from './lesson.ts';
import { DETAILS, LEVELS } from './lesson.ts';
import { fillIn, parametersFor } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import type { LessonProblem } from './problem.ts';
import { readHomework } from './read-homework.ts';
import { readActs, readQuestion } from './read-question.ts';

const FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'title',
  'minutes',
  'level',
  'goals',
  'flows',
  'items',
  'corrections',
  'parameters',
  'run',
  'chapters',
  'steps',
  'questions',
  'faults',
  'simplified',
  'homework',
];

/**
 * Reads a lesson, an object `kind: Lesson` of `drydock.dev/v1`, as the variant of a seed or with the parameters given. All
 * problems are told, in order of the fields.
 */
export function readLesson(
  object: JsonObject,
  variant?: number | Parameters,
): { readonly lesson: Lesson; readonly problems: readonly LessonProblem[] } {
  const fields = new Fields();
  const parameters = typeof variant === 'object' ? variant : parametersFor(object, variant);
  fields.known(object, FIELDS, '');
  const given = fields.object(fillIn(object, parameters), '');
  const metadata = fields.object(given['metadata'], 'metadata');
  const each = <Read>(name: string, read: (value: JsonValue, field: string) => Read): readonly Read[] =>
    fields.list(given[name], name).map((value, index) => read(value, `${name}[${index}]`));
  const lesson: Lesson = {
    id: fields.text(metadata['name'], 'metadata.name').toUpperCase(),
    title: fields.said(given['title'], 'title'),
    minutes: fields.number(given['minutes'], 'minutes'),
    level: fields.oneOf(given['level'], LEVELS, 'level'),
    goals: each('goals', (value, field) => fields.said(value, field)),
    flows: fields.texts(given['flows'], 'flows'),
    items: each('items', (value, field) => fields.number(value, field)),
    corrections: fields.texts(given['corrections'], 'corrections'),
    run: fields.object(given['run'], 'run'),
    chapters: each('chapters', (value, field) => {
      const own = fields.object(value, field);
      return { id: fields.text(own['id'], `${field}.id`), title: fields.said(own['title'], `${field}.title`) };
    }),
    steps: each('steps', (value, field) => readStep(value, field, fields)),
    questions: each('questions', (value, field) => readQuestion(value, field, fields)),
    faults: each('faults', (value, field) => readFault(value, field, fields)),
    simplified: each('simplified', (value, field) => fields.said(value, field)),
    parameters,
    ...(given['homework'] !== undefined && { homework: readHomework(given['homework'], 'homework', fields) }),
  };
  checkNames(lesson, fields);
  return { lesson, problems: fields.problems };
}

const STEP = ['id', 'chapter', 'detail', 'find', 'keep', 'caption', 'note', 'say', 'correction'];

function readStep(value: JsonValue, field: string, fields: Fields): LessonStep {
  const given = isJsonObject(value) ? value : {};
  fields.known(given, STEP, field);
  const { note, correction } = given;
  return {
    id: fields.text(given['id'], `${field}.id`),
    chapter: fields.text(given['chapter'], `${field}.chapter`),
    detail: given['detail'] === undefined ? 'standard' : fields.oneOf(given['detail'], DETAILS, `${field}.detail`),
    find: fields.finder(given['find'], `${field}.find`),
    keep: fields.textMap(given['keep'], `${field}.keep`),
    caption: fields.said(given['caption'], `${field}.caption`),
    say: fields.textMap(given['say'], `${field}.say`),
    ...(note !== undefined && { note: fields.said(note, `${field}.note`) }),
    ...(correction !== undefined && { correction: fields.text(correction, `${field}.correction`) }),
  };
}

function readFault(value: JsonValue, field: string, fields: Fields): OfferedFault {
  const given = isJsonObject(value) ? value : {};
  fields.known(given, ['id', 'title', 'look', 'do'], field);
  return {
    id: fields.text(given['id'], `${field}.id`),
    title: fields.said(given['title'], `${field}.title`),
    look: fields.said(given['look'], `${field}.look`),
    acts: readActs(given['do'], `${field}.do`, fields),
  };
}

/** Every name that one part uses of another is there, and none is given twice. */
function checkNames({ chapters, steps, questions, faults, homework }: Lesson, fields: Fields): void {
  for (const [list, name] of [
    [chapters, 'chapters'],
    [steps, 'steps'],
    [questions, 'questions'],
    [faults, 'faults'],
    [homework?.checks ?? [], 'homework.checks'],
  ] as const) {
    const ids = list.map(({ id }) => id);
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index) fields.note(`${name}[${index}].id`, 'lesson.twice', { name: id });
  }
  const [chapterIds, stepIds] = [new Set(chapters.map(({ id }) => id)), new Set(steps.map(({ id }) => id))];
  for (const [index, { chapter, find }] of steps.entries()) {
    if (!chapterIds.has(chapter)) fields.note(`steps[${index}].chapter`, 'lesson.noChapter', { name: chapter });
    const before = steps.slice(0, index).some(({ id }) => id === find.after);
    if (find.after !== undefined && find.after !== 'start' && !before)
      fields.note(`steps[${index}].find.after`, 'lesson.noStepBefore', { name: find.after });
  }
  if (steps.length === 0) fields.note('steps', 'lesson.noSteps');
  for (const [index, name] of (homework?.questions ?? []).entries())
    if (!questions.some(({ id }) => id === name))
      fields.note(`homework.questions[${index}]`, 'lesson.noQuestion', { name });
  for (const [index, { id }] of chapters.entries())
    if (!steps.some(({ chapter, detail }) => chapter === id && detail === 'story'))
      fields.note(`chapters[${index}]`, 'lesson.noStory', { name: id });
  for (const [index, question] of questions.entries()) {
    if (!stepIds.has(question.after))
      fields.note(`questions[${index}].after`, 'lesson.noStep', { name: question.after });
    const { moment } = question;
    if (moment !== undefined && moment !== 'end' && !stepIds.has(moment))
      fields.note(`questions[${index}].moment`, 'lesson.noStep', { name: moment });
    if (question.type === 'arrow' && !stepIds.has(question.step))
      fields.note(`questions[${index}].step`, 'lesson.noStep', { name: question.step });
  }
}
