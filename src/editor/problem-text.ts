import type { Problem } from '../design/problem.ts';
import { sentence } from './i18n.ts';
import type { Text } from './i18n.ts';
import { visibleText } from '../kit/visible-text.ts';

export function problemText(t: Text, problem: Problem): string {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(problem.params)) {
    if (typeof value === 'string')
      params[name] = name === 'type' ? sentence(t, 'references', value) : visibleText(value);
    else params[name] = value;
  }
  return sentence(t, 'problems', problem.id, params);
}
