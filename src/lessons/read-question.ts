import type { JsonObject, JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import type { Fields } from './fields.ts';
import type { Option, Question, QuestionBase, QuestionForm, WhatIf } from './question.ts';
import { PICKED_KINDS, QUESTION_TYPES } from './question.ts';

const BASE = ['id', 'type', 'after', 'ask', 'moment', 'whatIf', 'explain', 'say', 'proof', 'evidence'];
const FORM: Readonly<Record<(typeof QUESTION_TYPES)[number], readonly string[]>> = {
  choice: ['answer', 'options'],
  object: ['answer', 'kind', 'from'],
  number: ['answer', 'unit'],
  order: ['items'],
  arrow: ['step'],
  truth: ['answer', 'reason', 'reasons'],
};

export function readQuestion(value: JsonValue, field: string, fields: Fields): Question {
  const given = fields.object(value, field);
  const type = fields.oneOf(given['type'], QUESTION_TYPES, `${field}.type`);
  fields.known(given, [...BASE, ...FORM[type]], field);
  return { ...readBase(given, field, fields), ...readForm(type, given, field, fields) };
}

function readBase(given: JsonObject, field: string, fields: Fields): QuestionBase {
  const { moment, whatIf, proof, evidence } = given;
  return {
    id: fields.text(given['id'], `${field}.id`),
    after: fields.text(given['after'], `${field}.after`),
    ask: fields.said(given['ask'], `${field}.ask`),
    explain: fields.said(given['explain'], `${field}.explain`),
    say: fields.textMap(given['say'], `${field}.say`),
    ...(moment !== undefined && { moment: fields.text(moment, `${field}.moment`) }),
    ...(whatIf !== undefined && { whatIf: readWhatIf(whatIf, `${field}.whatIf`, fields) }),
    ...(proof !== undefined && { proof: fields.finder(proof, `${field}.proof`) }),
    ...(evidence !== undefined && { evidence: fields.texts(evidence, `${field}.evidence`) }),
  };
}

function readWhatIf(value: JsonValue, field: string, fields: Fields): WhatIf {
  const given = fields.object(value, field);
  fields.known(given, ['do', 'oneOf', 'for'], field);
  const oneOf = fields.list(given['oneOf'], `${field}.oneOf`).map((one, index) => {
    const own = fields.object(one, `${field}.oneOf[${index}]`);
    return {
      value: fields.text(own['value'], `${field}.oneOf[${index}].value`),
      acts: readActs(own['do'], `${field}.oneOf[${index}].do`, fields),
    };
  });
  return {
    acts: readActs(given['do'], `${field}.do`, fields),
    forMs: fields.durationMs(given['for'], `${field}.for`),
    ...(oneOf.length > 0 && { oneOf }),
  };
}

export function readActs(value: JsonValue | undefined, field: string, fields: Fields): readonly JsonObject[] {
  return fields.list(value, field).map((act, index) => fields.object(act, `${field}[${index}]`));
}

function readForm(
  type: (typeof QUESTION_TYPES)[number],
  given: JsonObject,
  field: string,
  fields: Fields,
): QuestionForm {
  const answer = (): string => fields.text(given['answer'], `${field}.answer`);
  switch (type) {
    case 'choice':
      return { type, answer: answer(), options: readOptions(given['options'], `${field}.options`, fields) };
    case 'object':
      return {
        type,
        answer: answer(),
        kind: fields.oneOf(given['kind'], PICKED_KINDS, `${field}.kind`),
        from: fields.text(given['from'], `${field}.from`),
      };
    case 'number':
      return {
        type,
        answer: answer(),
        ...(given['unit'] !== undefined && { unit: fields.said(given['unit'], `${field}.unit`) }),
      };
    case 'order': {
      const items = fields.list(given['items'], `${field}.items`).map((item, index) => {
        const own = fields.object(item, `${field}.items[${index}]`);
        const at = `${field}.items[${index}]`;
        const id = fields.text(own['id'], `${at}.id`);
        return { id, say: fields.said(own['say'], `${at}.say`), find: fields.finder(own['find'], `${at}.find`) };
      });
      return { type, items };
    }
    case 'arrow':
      return { type, step: fields.text(given['step'], `${field}.step`) };
    case 'truth':
      return {
        type,
        answer: answer(),
        reason: fields.text(given['reason'], `${field}.reason`),
        reasons: readOptions(given['reasons'], `${field}.reasons`, fields),
      };
  }
}

function readOptions(value: JsonValue | undefined, field: string, fields: Fields): readonly Option[] {
  const options = fields.list(value, field).map((option, index) => {
    const at = `${field}[${index}]`;
    const own = isJsonObject(option) ? option : {};
    if (own['value'] === undefined) fields.note(`${at}.value`, 'lesson.missing');
    return { value: own['value'] ?? null, say: fields.said(own['say'], `${at}.say`) };
  });
  if (options.length < 2) fields.note(field, 'lesson.nothingToChoose');
  return options;
}
