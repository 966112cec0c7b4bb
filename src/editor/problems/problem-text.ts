import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { sentence, translatedServerWords } from '../i18n.ts';
import type { Text } from '../i18n.ts';

/** What a person reads: one sentence in their language, and the API server's own words beside it where they differ. */
export interface ProblemWords {
  readonly sentence: string;
  readonly server?: string;
  /** What the server's words do not say: when, and because of what, it would say them. */
  readonly hint?: string;
}

/** A problem that the API server would speak of brings its words as `message`; they are shown as they are. */
export function problemWords(t: Text, problem: Problem): ProblemWords {
  const message = problem.params['message'];
  if (typeof message !== 'string') return { sentence: filled(t, problem) };
  const server = visibleLines(message);
  const translated = translatedServerWords(message);
  const words = translated === undefined ? { sentence: server } : { sentence: visibleLines(translated), server };
  const hint = sentence(t, 'problems', `hint.${problem.id}`, shown(problem.params));
  return hint === `hint.${problem.id}` ? words : { ...words, hint };
}

/** Why it matters, where somebody wrote that down. */
export function problemReason(t: Text, { id, params }: Problem): string | undefined {
  const { description } = params;
  if (typeof description === 'string' && description !== '') return visibleText(description);
  const reason = sentence(t, 'problems', `${id}.why`);
  return reason === `${id}.why` ? undefined : reason;
}

/** Problems are searched with every letter that is typed; each is worded once. */
const searched = new WeakMap<Text, WeakMap<Problem, string>>();

/** Everything a problem can be found by, in lower case. */
export function problemSearchText(t: Text, problem: Problem, record: DesignRecord | undefined): string {
  const known = searched.get(t) ?? new WeakMap<Problem, string>();
  searched.set(t, known);
  const text = known.get(problem) ?? searchText(t, problem, record);
  known.set(problem, text);
  return text;
}

function searchText(t: Text, problem: Problem, record: DesignRecord | undefined): string {
  const { sentence: own, server = '' } = problemWords(t, problem);
  const object = record ? [record.object.kind, nameOf(record.object), record.namespace, record.file] : [];
  return [own, server, formatFieldPath(problem.field), problem.id, ...object].join(' ').toLowerCase();
}

/** The server speaks in several lines of an expression that does not compile. */
function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}

function filled(t: Text, { id, params }: Problem): string {
  const type = params['type'];
  const worded = typeof type === 'string' ? { ...params, type: sentence(t, 'references', type) } : params;
  return sentence(t, 'problems', id, shown(worded));
}

function shown(params: Problem['params']): Problem['params'] {
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? visibleText(value) : value,
  ]);
  return Object.fromEntries(entries) as Problem['params'];
}
