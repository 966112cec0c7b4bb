import type { JsonObject } from '../../base/json.ts';
import { KubectlError } from './command.ts';

/** `a=b,c=d` as pflag's StringToString reads it. */
export function pairsOf(text: string): JsonObject {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) throw new KubectlError(`error: ${pair} must be formatted as key=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
