/** A few of several values, for a place where little fits. */
export function shortList(values: readonly string[]): string {
  return values.length > 3 ? `${values.slice(0, 3).join(', ')} …` : values.join(', ');
}
