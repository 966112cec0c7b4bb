/**
 * What the mutating plugins of one request leave for a second round, which is made where one of them asks for it.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/{attributes,reinvocation}.go, 1.36.2.
 */
export class ReinvocationContext {
  /** Whether this is the second round. */
  isReinvoke = false;
  /** Whether a second round is wanted. */
  shouldReinvoke = false;
  private readonly values = new Map<object, unknown>();

  /** What is kept under a key, made when it is first asked for. A key stands for one type. */
  valueOf<Value>(key: ReinvocationKey<Value>): Value {
    const found = this.values.get(key) as Value | undefined;
    if (found !== undefined) return found;
    const made = key.make();
    this.values.set(key, made);
    return made;
  }
}

export interface ReinvocationKey<Value> {
  make(): Value;
}
