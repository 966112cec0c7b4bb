import { arrayAt, stringAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { withFields } from './edit-object.ts';

/**
 * A new Node is not ready until somebody says that it is.
 * Source: plugin/pkg/admission/nodetaint/admission.go, 1.36.
 */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  operations: ['CREATE'],
  admit(request) {
    const { object } = request;
    if (!isFor(request, 'nodes') || object === undefined) return undefined;
    const taints = arrayAt(object, 'spec', 'taints');
    const isThere = taints.some(
      (taint) => stringAt(taint, 'key') === NOT_READY.key && stringAt(taint, 'effect') === NOT_READY.effect,
    );
    return isThere ? undefined : { object: withFields(object, ['spec'], { taints: [...taints, NOT_READY] }) };
  },
};

const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
