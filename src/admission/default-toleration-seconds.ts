import type { JsonObject } from '../base/json.ts';
import { arrayAt, stringAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { withFields } from './edit-object.ts';

/**
 * A Pod stays for five minutes on a Node that is not ready or cannot be reached, unless it says what it wants.
 * Source: plugin/pkg/admission/defaulttolerationseconds/admission.go, 1.36.
 */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  operations: ['CREATE', 'UPDATE'],
  admit(request) {
    const { object } = request;
    if (!isFor(request, 'pods') || object === undefined) return undefined;
    const tolerations = arrayAt(object, 'spec', 'tolerations');
    const added = TAINTS.filter(
      (taint) =>
        !tolerations.some(
          (toleration) =>
            ['', taint].includes(stringAt(toleration, 'key') ?? '') &&
            ['', 'NoExecute'].includes(stringAt(toleration, 'effect') ?? ''),
        ),
    ).map(tolerationOf);
    return added.length === 0
      ? undefined
      : { object: withFields(object, ['spec'], { tolerations: [...tolerations, ...added] }) };
  },
};

const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const SECONDS = 300;

function tolerationOf(key: string): JsonObject {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS };
}
