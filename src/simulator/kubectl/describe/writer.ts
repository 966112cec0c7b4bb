import { LAST_APPLIED } from '../../../apimachinery/last-applied.ts';
import { compareStrings } from '../../../base/compare.ts';
import { aligned } from './tab-writer.ts';

const INDENT = '  ';
/** Source: staging/src/k8s.io/kubectl/pkg/describe/describe.go `maxAnnotationLen`, 1.36. */
export const MOST_ANNOTATION = 140;

/** What `kubectl describe` writes, line by line. Source: kubectl/pkg/describe/describe.go `PrefixWriter`, 1.36. */
export class DescribeWriter {
  private done = '';
  private text = '';
  private readonly indent: string;
  private readonly outer: DescribeWriter | undefined;

  constructor(outer?: DescribeWriter, level = 0) {
    this.outer = outer;
    this.indent = INDENT.repeat(level);
  }

  /** Text behind so many indents; what could steer the terminal is made harmless. */
  write(level: number, text: string): void {
    const whole = this.indent + INDENT.repeat(level) + text;
    if (this.outer === undefined) this.text += whole.replaceAll('\u001B', '^[').replaceAll('\r', String.raw`\r`);
    else this.outer.write(0, whole);
  }

  /** `Name:<tab>value`. */
  field(level: number, name: string, value: string | number | boolean): void {
    this.write(level, `${name}:\t${String(value)}\n`);
  }

  /** Ends the blocks of columns. */
  flush(): void {
    this.done += aligned(this.text);
    this.text = '';
  }

  toString(): string {
    return this.done + aligned(this.text);
  }

  /** `Labels:  a=1`, the others under each other. Source: `printLabelsMultilineWithIndent`. */
  labels(title: string, labels: ReadonlyMap<string, string>, indent = ''): void {
    const pairs = [...labels].sort(([a], [b]) => compareStrings(a, b)).map(([key, value]) => `${key}=${value}`);
    this.list(title, pairs, indent);
  }

  /** One entry a line; `<none>` without. */
  list(title: string, entries: readonly string[], indent = ''): void {
    this.write(0, `${indent}${title}:\t`);
    if (entries.length === 0) return this.put('<none>\n');
    entries.forEach((entry, index) => {
      if (index > 0) this.put(`${indent}\t`);
      this.put(`${entry}\n`);
    });
  }

  /** Long values stand on lines of their own. Source: `printAnnotationsMultiline`. */
  annotations(title: string, annotations: ReadonlyMap<string, string>): void {
    const shown = [...annotations].filter(([key]) => key !== LAST_APPLIED).sort(([a], [b]) => compareStrings(a, b));
    this.write(0, `${title}:\t`);
    if (shown.length === 0) return this.put('<none>\n');
    shown.forEach(([key, whole], index) => {
      if (index > 0) this.put('\t');
      const value = whole.endsWith('\n') ? whole.slice(0, -1) : whole;
      if (value.length + key.length + 2 > MOST_ANNOTATION || value.includes('\n')) {
        this.put(`${key}:\n`);
        for (const line of value.split('\n')) this.put(`\t  ${shortened(line, MOST_ANNOTATION - 2)}\n`);
      } else this.put(`${key}: ${value}\n`);
    });
  }

  private put(text: string): void {
    this.write(0, text);
  }
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}...` : text;
}
