import type { JsonObject } from '../base/json.ts';
import { blockLines, entriesOf, KUBECTL_STYLE } from './print.ts';
import type { PrintStyle } from './print.ts';

/**
 * A new object as YAML, laid out as kubectl prints: keys in the order given, two spaces, lists not indented, block style,
 * literals for strings of several lines. Strings that any reader could take for something else are quoted. Ends with a
 * newline. The same text is read alike by kubectl and by YAML 1.1 and 1.2 parsers.
 */
export function writeObject(object: JsonObject, style: PrintStyle = KUBECTL_STYLE): string {
  if (entriesOf(object).length === 0) return '{}\n';
  return `${blockLines(object, 0, style).join('\n')}\n`;
}
