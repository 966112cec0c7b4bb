import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';

const FAILURE = 'validation.policy.admission.k8s.io/validation_failure';

/**
 * What policies write down about a request. Source:
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/dispatcher.go `auditAnnotationCollector`, 1.36.2.
 */
export class AuditAnnotations {
  static readonly MAX_VALUE_BYTES = 10 * 1024;
  private readonly all = new Map<string, string>();
  /** Of the policy that is being asked: the values of each key, of several bindings and parameters. */
  private readonly open = new Map<string, string[]>();

  add(key: string, value: string): void {
    const values = this.open.get(key);
    if (values === undefined) this.open.set(key, [value]);
    else if (!values.includes(value)) values.push(value);
  }

  /** A validation that failed and whose binding says `Audit`. The last one of a request stays. */
  addFailure(binding: KubernetesObject, expressionIndex: number, message: string, actions: readonly string[]): void {
    const policy = stringAt(binding, 'spec', 'policyName') ?? '';
    const failure = { message, policy, binding: nameOf(binding), expressionIndex, validationActions: actions };
    this.all.set(FAILURE, goJson([failure]));
  }

  /** The policy has said all. */
  close(policy: string): void {
    for (const [key, values] of this.open) this.all.set(`${policy}/${key}`, values.join(', '));
    this.open.clear();
  }

  published(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.all);
  }
}

/** As encoding/json of Go prints it. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
