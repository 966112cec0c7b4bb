import { interpolate } from './interpolate.ts';
import type { VariableListener, Variables } from './interpolate.ts';

/**
 * The variables of an env file: `NAME=value` a line, comments with `#`, `export` before a name, single quotes as they are,
 * double quotes with escapes and over several lines; what is not in single quotes may use `around` and earlier lines.
 * Source: compose-spec, "Env_file format".
 */
export function readEnvFile(text: string, around: Variables, listen: VariableListener): Variables {
  const found = new Map<string, string>();
  const known = (): Variables => new Map([...found, ...around]);
  const pattern =
    /^[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*(?:=|:[^\S\n])[^\S\n]*(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|([^\n]*))[^\n]*$/gm;
  for (const [, name = '', single, double, plain] of text.replaceAll('\r\n', '\n').matchAll(pattern)) {
    if (single !== undefined) found.set(name, single.replaceAll("\\'", "'"));
    else if (double !== undefined) found.set(name, interpolate(unescaped(double), known(), listen));
    else found.set(name, interpolate((plain ?? '').replace(/(?:^|[^\S\n]+)#.*$/, '').trim(), known(), listen));
  }
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$$' };

function unescaped(text: string): string {
  return text.replaceAll(/\\([nrt"\\$])/g, (_, sign: string) => ESCAPES[sign]!);
}
