import type { DeclaredFeature } from '../apimachinery/node-declared-features.ts';
import { featuresForUpdate } from '../apimachinery/node-declared-features.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { arrayAt, nameAt, numberAt, valueAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { forbidden } from './answer.ts';
import { NODE } from './cluster-view.ts';

/**
 * Refuses a change of a Pod that its Node's kubelet could not make. Source:
 * plugin/pkg/admission/nodedeclaredfeatures/admission.go, 1.36; on by default, as its gate is.
 */
export const nodeDeclaredFeatureValidator: AdmissionPlugin = nodeDeclaredFeatureValidatorWith();

/** The plugin with features of its own: 1.36 knows the default ones. */
export function nodeDeclaredFeatureValidatorWith(features?: readonly DeclaredFeature[]): AdmissionPlugin {
  return {
    name: 'NodeDeclaredFeatureValidator',
    operations: ['UPDATE'],
    validate(request, cluster) {
      const { object, oldObject } = request;
      if (!isFor(request, 'pods', '', 'resize')) return undefined;
      const nodeName = nameAt(object, 'spec', 'nodeName') ?? '';
      if (nodeName === '' || generationOf(object) === generationOf(oldObject)) return undefined;
      const specs = [valueAt(oldObject, 'spec'), valueAt(object, 'spec')] as const;
      const needed = featuresForUpdate(...specs, cluster.release, features);
      if (needed.length === 0) return undefined;
      const node = cluster.get(NODE, '', nodeName);
      const quoted = quoteString(nodeName);
      const key = { ...NODE, namespace: '', name: nodeName };
      if (node === undefined) return forbidden(request, `node ${quoted} not found`, { missing: key });
      const declared = new Set(arrayAt(node, 'status', 'declaredFeatures'));
      const missing = needed.filter((feature) => !declared.has(feature));
      if (missing.length === 0) return undefined;
      return forbidden(
        request,
        `pod update requires features ${missing.join(', ')} which are not available on node ${quoted}`,
        { objects: [key] },
      );
    },
  };
}

function generationOf(pod: unknown): number {
  return numberAt(pod, 'metadata', 'generation') ?? 0;
}
