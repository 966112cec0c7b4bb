/** Orders strings by UTF-16 code unit: the same on every machine and in every language, unlike `localeCompare`. */
export function compareStrings(a: string, b: string): number {
  // Most that are compared to be found are the same, which is seen at once.
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
