/**
 * A function of two values that never change, each pair of which is worked out once. What is remembered goes with the
 * values themselves.
 */
export function rememberPair<First extends object, Second extends object, Result>(
  workOut: (first: First, second: Second) => Result,
): (first: First, second: Second) => Result {
  const known = new WeakMap<First, WeakMap<Second, { readonly result: Result }>>();
  return (first, second) => {
    let ofFirst = known.get(first);
    if (ofFirst === undefined) known.set(first, (ofFirst = new WeakMap()));
    let found = ofFirst.get(second);
    if (found === undefined) ofFirst.set(second, (found = { result: workOut(first, second) }));
    return found.result;
  };
}
