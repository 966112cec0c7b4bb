import { MessageForms } from '../../forms.ts';
import { ACCESS } from './access.ts';
import { DECODING } from './decoding.ts';
import { DEFINITIONS } from './definitions.ts';
import { NAMES } from './names.ts';
import { NETWORK } from './network.ts';
import { PODS } from './pods.ts';
import { POLICIES } from './policies.ts';
import { STATUSES } from './statuses.ts';
import { STORAGE } from './storage.ts';
import { VALUES } from './values.ts';
import { WARNINGS } from './warnings.ts';
import { WORKLOADS } from './workloads.ts';
import { splitFieldError } from '../../field-error-words.ts';

/** The first words of an error of a field. */
const HEADS: Readonly<Record<string, string>> = {
  'Not found': '找不到',
  'Required value': '必填',
  'Duplicate value': '值重复',
  'Invalid value': '值无效',
  'Unsupported value': '不支持的值',
  Forbidden: '不允许',
  'Too long': '过长',
  'Too short': '过短',
  'Too many': '过多',
  'Too few': '过少',
  'Internal error': '内部错误',
};

/** Built when the first sentence is asked for: a command that refuses nothing needs none of it. */
let tables: { readonly details: MessageForms; readonly sentences: MessageForms } | undefined;

function forms(): NonNullable<typeof tables> {
  tables ??= {
    details: new MessageForms([
      ...NAMES,
      ...VALUES,
      ...PODS,
      ...WORKLOADS,
      ...STATUSES,
      ...NETWORK,
      ...STORAGE,
      ...ACCESS,
      ...POLICIES,
      ...DEFINITIONS,
    ]),
    sentences: new MessageForms([...DECODING, ...WARNINGS]),
  };
  return tables;
}

const known = new Map<string, string | undefined>();
/** Distinct sentences that are kept; a design with ten thousand problems says few things many times. */
const MOST_KEPT = 5_000;
/** Nobody reads more, and a pattern should not try. */
const LONGEST = 20_000;

/** What the API server says, in Chinese; undefined for a sentence that no form fits. */
export function translateServerWords(words: string): string | undefined {
  if (known.has(words)) return known.get(words);
  const translated = words.length > LONGEST ? undefined : translate(words);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(words, translated);
  return translated;
}

function translate(words: string): string | undefined {
  const error = splitFieldError(words);
  const head = error && HEADS[error.head];
  if (!error || head === undefined)
    return forms().sentences.translate(words, part) ?? forms().details.translate(words, part);
  const detail = error.detail === '' ? '' : part(error.detail);
  if (detail === undefined) return undefined;
  // Where the server leaves out the value, what stands in its place is the detail.
  const value = detail === '' && error.value !== '' ? (part(error.value) ?? error.value) : error.value;
  return [head, value, detail]
    .filter((text) => text !== '')
    .join('：')
    .replaceAll(/',? +or '/g, "' 或 '");
}

/** A detail, or a sentence within a sentence. */
function part(words: string): string | undefined {
  return forms().details.translate(words, part) ?? forms().sentences.translate(words, part);
}
