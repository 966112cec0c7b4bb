import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { formatted } from '../output.ts';
import { FROM_FILES, answered, callOf, foundObjects, refusalText, servedNamed, spokenName } from '../resources.ts';
import type { Target } from '../resources.ts';

interface Decision {
  /** `approved`, as the command says it has done. */
  readonly done: string;
  readonly type: 'Approved' | 'Denied';
  readonly opposite: 'Approved' | 'Denied';
  readonly reason: string;
  readonly message: string;
}

const MOST_CONFLICTS = 10;

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/certificates/certificates.go, 1.36.2. */
function decide(name: string, decision: Decision): KubectlCommand {
  return {
    name,
    flags: { ...FROM_FILES, force: { type: 'switch' }, output: { type: 'text', short: 'o' } },
    run(terminal, flags) {
      const { positionals } = flags;
      if (positionals.length === 0 && !flags.values.has('filename'))
        throw new KubectlError('error: one or more CSRs must be specified as <name> or -f <filename>');
      const words = positionals.map((word) => (word.includes('/') ? word : `certificatesigningrequests/${word}`));
      for (const { target, object } of foundObjects(terminal, flags, words)) {
        if (object.kind !== 'CertificateSigningRequest')
          throw new KubectlError(
            `error: can only handle CertificateSigningRequest.certificates.k8s.io objects, got ${object.kind}`,
          );
        setCondition(terminal, flags, target, decision);
        const output = flag(flags, 'output');
        const { resource } = target;
        if (output === undefined) terminal.out(`${spokenName(resource, nameOf(object))} ${decision.done}\n`);
        else terminal.out(formatted([{ resource, object }], output, false));
      }
      return 0;
    },
  };
}

function setCondition(terminal: Terminal, flags: Flags, target: Target, decision: Decision): void {
  const own: Target = { ...target, resource: servedNamed('certificatesigningrequests') };
  for (let conflicts = 0; ; conflicts++) {
    const { object } = answered(terminal.call(callOf('get', own)));
    const { changed, isThere } = withDecision(object, decision, timeOf(terminal.now()));
    if (isThere && !isOn(flags, 'force')) return;
    const result = terminal.call({ ...callOf('update', own), subresource: 'approval', body: changed });
    if (result.ok) return;
    if (result.reason !== 'Conflict' || conflicts >= MOST_CONFLICTS) throw new KubectlError(refusalText(result));
  }
}

/** Source: certificates.go `addConditionIfNeeded`. */
function withDecision(
  object: KubernetesObject,
  { type, opposite, reason, message }: Decision,
  lastUpdateTime: string,
): { readonly changed: KubernetesObject; readonly isThere: boolean } {
  const conditions = arrayAt(object, 'status', 'conditions');
  for (const condition of conditions) {
    if (stringAt(condition, 'type') === opposite)
      throw new KubectlError(`error: certificate signing request "${nameOf(object)}" is already ${opposite}`);
    if (stringAt(condition, 'type') === type) return { changed: object, isThere: true };
  }
  const condition: JsonObject = { type, status: 'True', reason, message, lastUpdateTime };
  const status = { ...objectAt(object, 'status'), conditions: [...conditions, condition] };
  return { changed: Object.freeze({ ...object, status }), isThere: false };
}

export const CERTIFICATE_COMMANDS: readonly KubectlCommand[] = [
  decide('certificate approve', {
    done: 'approved',
    type: 'Approved',
    opposite: 'Denied',
    reason: 'KubectlApprove',
    message: 'This CSR was approved by kubectl certificate approve.',
  }),
  decide('certificate deny', {
    done: 'denied',
    type: 'Denied',
    opposite: 'Approved',
    reason: 'KubectlDeny',
    message: 'This CSR was denied by kubectl certificate deny.',
  }),
];
