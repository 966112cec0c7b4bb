import type { Schema } from '../../../openapi/schema.ts';

/** A type as kubectl explain writes it: `[]string`, `map[string]`. */
export function typeWord({ type, items, values }: Schema): string {
  if (type === 'array') return items ? `[]${typeWord(items)}` : '[]';
  return type === 'object' && values ? `map[string]${typeWord(values)}` : type;
}
