import { detailsOf, evaluatePod } from '../../admission/pod-security/evaluate.ts';
import { formatLevelVersion, policyOf } from '../../admission/pod-security/policy.ts';
import type { Violation } from '../../admission/pod-security/check.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { Edit } from '../../manifest/edit.ts';
import { PINNED_RELEASE } from '../../openapi/resource.ts';
import type { CheckContext } from '../checks/check.ts';
import type { DesignRecord } from '../design.ts';
import type { Fixer } from './fix.ts';

/**
 * A Pod that its namespace keeps out, where all it lacks is said by settings that take nothing away it asks for: what
 * else it violates (a hostPath, a capability) is for a person to decide.
 */
export const podSecurity: Fixer = {
  problems: ['admission.refused'],
  fixes({ record: id, params }, context) {
    const record = params['plugin'] === 'PodSecurity' ? context.design.records.get(id) : undefined;
    const template = record && context.registry.of(record.object).podTemplate?.(record.object);
    const namespace = record && namespaceOf(record, context);
    if (!record || !template || !namespace) return [];
    const { enforce } = policyOf(labelsOf(namespace)).policy;
    const podPath = template.specPath.slice(0, -1);
    const metadata = objectAt(record.object, ...podPath, 'metadata');
    const violations = evaluatePod(enforce, metadata, template.spec, context.release ?? PINNED_RELEASE);
    const edits = editsOf(violations, podPath);
    if (edits === undefined || !String(params['message']).endsWith(detailsOf(violations))) return [];
    return [
      {
        id: 'meetPodSecurity',
        params: { level: formatLevelVersion(enforce) },
        edits: [{ record: id, edits }],
        notes: [{ id: 'fewerRights', params: {} }],
      },
    ];
  },
};

function namespaceOf({ namespace }: DesignRecord, { design }: CheckContext): KubernetesObject | undefined {
  for (const { object } of design.records.values()) {
    const isNamespace = object.kind === 'Namespace' && object.apiVersion === 'v1';
    if (isNamespace && objectAt(object, 'metadata')?.['name'] === namespace) return object;
  }
  return undefined;
}

/** Undefined where something is violated that no setting mends. */
function editsOf(violations: readonly Violation[], podPath: Path): readonly Edit[] | undefined {
  if (violations.length === 0 || violations.some(({ edits }) => edits === undefined)) return undefined;
  return violations.flatMap(({ edits = [] }) => edits.map((edit) => ({ ...edit, path: [...podPath, ...edit.path] })));
}
