import { UsageError } from './command.ts';

/** The number that a flag gives. Throws a UsageError where it is none, not whole, or out of bounds. */
export function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`${flag} ${text}`);
  return value;
}
