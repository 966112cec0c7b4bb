import { KUBECTL_STYLE } from '../../manifest/print.ts';
import type { PrintStyle } from '../../manifest/print.ts';
import { quoteString } from '../../manifest/quote.ts';

/** Source: go.yaml.in/yaml/v2 v2.4.4 resolve.go `resolveMapList`. */
const WORDS = new Set(
  [
    ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'],
    ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'],
    ['', '~', 'null', 'Null', 'NULL', '<<', '.nan', '.NaN', '.NAN'],
    ['', '+', '-'].flatMap((sign) => [`${sign}.inf`, `${sign}.Inf`, `${sign}.INF`]),
  ].flat(),
);
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|[1-9]\d*|0)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const BASE_60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const DATE =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

/** Whether a string without quotes would be read as something else. */
function isOther(text: string): boolean {
  if (WORDS.has(text) || BASE_60.test(text) || DATE.test(text)) return true;
  const plain = text.replaceAll('_', '');
  return /^[-+.\d]/.test(text) && (INTEGER.test(plain) || FLOAT.test(plain));
}

/** Source: emitterc.go `yaml_emitter_analyze_scalar`. */
const INDICATORS = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?:\s|$))|:(?:\s|$)|\s#|^ | $/;
const UNPRINTABLE = /[\p{Cc}\ufeff\ufffe\uffff]/u;

function quote(text: string): string {
  if (isOther(text) || UNPRINTABLE.test(text)) return quoteString(text, 'block', 'double');
  return INDICATORS.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

/** YAML as kubectl writes it. Its folding of lines of more than 80 letters is left out. */
export const GO_STYLE: PrintStyle = { ...KUBECTL_STYLE, quote };
