import type { JsonValue } from '../base/json.ts';
import type { Fields } from './fields.ts';
import type { Homework } from './lesson.ts';

export function readHomework(value: JsonValue, field: string, fields: Fields): Homework {
  const given = fields.object(value, field);
  fields.known(given, ['task', 'locked', 'palette', 'questions', 'checks'], field);
  const { palette } = given;
  const checks = fields.list(given['checks'], `${field}.checks`).map((one, index) => {
    const at = `${field}.checks[${index}]`;
    const own = fields.object(one, at);
    fields.known(own, ['id', 'title', 'points', 'met'], at);
    return {
      id: fields.text(own['id'], `${at}.id`),
      title: fields.said(own['title'], `${at}.title`),
      points: own['points'] === undefined ? 1 : fields.number(own['points'], `${at}.points`),
      met: fields.text(own['met'], `${at}.met`),
    };
  });
  return {
    task: fields.said(given['task'], `${field}.task`),
    locked: fields.texts(given['locked'], `${field}.locked`),
    ...(palette !== undefined && { palette: fields.texts(palette, `${field}.palette`) }),
    questions: fields.texts(given['questions'], `${field}.questions`),
    checks,
  };
}
