import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { compareStrings } from '../../base/compare.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { semanticEqual } from '../../kinds/shared/validation/semantic-equal.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { forbidden } from '../answer.ts';

/**
 * A kubelet changes its own Node alone, and there nothing that decides what comes to it.
 * Source: plugin/pkg/admission/noderestriction/admission.go `admitNode`, 1.36.
 */
export function admitNode(nodeName: string, request: AdmissionRequest): Answer {
  const { operation, object, oldObject, name } = request;
  const node = quoteString(nodeName);
  const refuse = (words: string): Answer => forbidden(request, words);
  if (name !== nodeName) return refuse(`node ${node} is not allowed to modify node ${quoteString(name)}`);
  if (object === undefined || operation === 'DELETE') return undefined;
  const source = valueAt(object, 'spec', 'configSource') ?? null;
  if (operation === 'CREATE') {
    if (source !== null) return refuse(`node ${node} is not allowed to create pods with a non-nil configSource`);
    const labels = forbiddenLabels(object, undefined);
    return labels === '' ? undefined : refuse(`node ${node} is not allowed to set the following labels: ${labels}`);
  }
  if (source !== null && !semanticEqual(source, valueAt(oldObject, 'spec', 'configSource')))
    return refuse(`node ${node} is not allowed to update configSource to a new non-nil configSource`);
  if (!semanticEqual(arrayAt(object, 'spec', 'taints'), arrayAt(oldObject, 'spec', 'taints')))
    return refuse(`node ${node} is not allowed to modify taints`);
  if (!semanticEqual(arrayAt(object, ...OWNERS), arrayAt(oldObject, ...OWNERS)))
    return refuse(`node ${node} is not allowed to modify ownerReferences`);
  const labels = forbiddenLabels(object, oldObject);
  return labels === '' ? undefined : refuse(`is not allowed to modify labels: ${labels}`);
}

const OWNERS = ['metadata', 'ownerReferences'];
const RESTRICTED = 'node-restriction.kubernetes.io';

/** Labels that changed and that a kubelet may not change, sorted: `getForbiddenLabels`. */
function forbiddenLabels(object: KubernetesObject, old: KubernetesObject | undefined): string {
  const [labels, before] = [labelsOf(object), old === undefined ? new Map<string, string>() : labelsOf(old)];
  const changed = [...new Set([...labels.keys(), ...before.keys()])].filter(
    (key) => labels.get(key) !== before.get(key),
  );
  return changed.filter(isForbiddenLabel).sort(compareStrings).join(', ');
}

/** Whether a kubelet may not give its Node a label of that key. */
export function isForbiddenLabel(key: string): boolean {
  const domain = domainOf(key);
  if (isWithin(domain, RESTRICTED)) return true;
  return (isWithin(domain, 'kubernetes.io') || isWithin(domain, 'k8s.io')) && !isKubeletLabel(key, domain);
}

function domainOf(key: string): string {
  const slash = key.indexOf('/');
  return slash < 0 ? '' : key.slice(0, slash);
}

function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

/** Source: staging/src/k8s.io/kubelet/pkg/apis/well_known_labels.go, 1.36. */
const KUBELET_LABELS: ReadonlySet<string> = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);

function isKubeletLabel(key: string, domain: string): boolean {
  return KUBELET_LABELS.has(key) || isWithin(domain, 'kubelet.kubernetes.io') || isWithin(domain, 'node.kubernetes.io');
}
