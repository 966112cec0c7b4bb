/** Orders strings by UTF-16 code unit: the same on every machine and in every language, unlike `localeCompare`. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
