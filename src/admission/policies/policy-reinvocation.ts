import { jsonEqual } from '../../base/json.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ReinvocationKey } from '../reinvocation-context.ts';

/**
 * Which policies are asked once more in the second round: those that want it and that came before a change.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/mutating/reinvocationcontext.go, 1.36.2.
 */
export class PolicyReinvocation {
  private lastOutput: KubernetesObject | undefined;
  private invoked = new Set<string>();
  private readonly again = new Set<string>();

  shouldReinvoke(invocation: string): boolean {
    return this.again.has(invocation);
  }

  isChangedSinceLast(object: KubernetesObject | undefined): boolean {
    return !(this.lastOutput === undefined || object === undefined
      ? this.lastOutput === object
      : jsonEqual(this.lastOutput, object));
  }

  setLastOutput(object: KubernetesObject | undefined): void {
    this.lastOutput = object;
  }

  addInvoked(invocation: string): void {
    this.invoked.add(invocation);
  }

  requireInvokedAgain(): void {
    for (const invocation of this.invoked) this.again.add(invocation);
    this.invoked = new Set();
  }
}

/** Under which what policies remember of a request is kept. */
export const POLICY_REINVOCATION: ReinvocationKey<PolicyReinvocation> = { make: () => new PolicyReinvocation() };
