/**
 * Sentences of the API server and what they mean in another language: a form such as `must be less than {0}`, whose
 * holes stand for whatever the server puts there, and the same sentence with the same holes.
 */
export type MessageForm = readonly [form: string, sentence: string];

/** Finds the form of a text and gives its sentence, filled; undefined where no form fits. */
export class MessageForms {
  private readonly whole = new Map<string, string>();
  /** Forms with holes by their first letters, so that few are tried. */
  private readonly byStart = new Map<string, Compiled[]>();
  private readonly startless: Compiled[] = [];

  constructor(forms: Iterable<MessageForm>) {
    for (const [form, sentence] of forms) {
      const hole = form.indexOf('{0}');
      if (hole < 0) {
        this.whole.set(form, sentence);
        continue;
      }
      const compiled = { pattern: patternOf(form), literal: form.replaceAll(HOLE, '').length, sentence };
      if (hole < START) this.startless.push(compiled);
      else push(this.byStart, form.slice(0, START), compiled);
    }
    // The form that says most itself is the nearest.
    for (const list of [this.startless, ...this.byStart.values()]) list.sort((a, b) => b.literal - a.literal);
  }

  /** `nested` translates what stands in a hole written `{0*}`; it stays as it is where that gives nothing. */
  translate(text: string, nested: (part: string) => string | undefined = () => undefined): string | undefined {
    const whole = this.whole.get(text);
    if (whole !== undefined) return whole;
    for (const { pattern, sentence } of [...(this.byStart.get(text.slice(0, START)) ?? []), ...this.startless]) {
      const match = pattern.exec(text);
      if (!match) continue;
      return sentence.replaceAll(HOLE, (_, number: string, deep: string) => {
        const part = match[Number(number) + 1] ?? '';
        return deep === '' ? part : (nested(part) ?? part);
      });
    }
    return undefined;
  }
}

interface Compiled {
  readonly pattern: RegExp;
  readonly literal: number;
  readonly sentence: string;
}

const START = 6;
const HOLE = /\{(\d)(\*?)\}/g;

/** Holes are numbered from 0 in the order in which they stand in the form. */
function patternOf(form: string): RegExp {
  const parts = form.split(/\{\d\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('([\\s\\S]*?)')}$`);
}

function push(map: Map<string, Compiled[]>, key: string, value: Compiled): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
