import { isJsonObject } from '../../base/json.ts';

/** Without what is empty or null: JSON out of Go says nothing with it. */
export function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => essence(item) ?? null);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, essence(entry)] as const)
    .filter(([, entry]) => !isNothing(entry));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** The server looks at maps in any order, and so lists several errors in any. */
export function inAnyOrder(message: string): string {
  const list = /^(.*?)\[(.*)\]$/s.exec(message);
  return list ? `${list[1]!}[${list[2]!.split(', ').sort().join(', ')}]` : message;
}
