import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import { booleanAt, stringAt } from '../../../base/json.ts';
import { accessBy } from '../access.ts';
import { serviceSelectsNothing } from '../dangling-service.ts';
import { missingSources } from '../env-value-from.ts';
import { unsortedKeys } from '../sorted-keys.ts';
import { NO_SPOTS, perObject, perRecord } from '../spots.ts';
import { matchOf, matchesOf, stringsOf } from './parameters.ts';
import type { LintTemplate } from './template.ts';

export const disallowedObject: LintTemplate = {
  key: 'disallowed-api-obj',
  kinds: ['Any'],
  parameters: { group: { type: 'pattern' }, version: { type: 'pattern' }, kind: { type: 'pattern' } },
  find({ group, version, kind }) {
    const [isGroup, isVersion, isKind] = [matchOf(group), matchOf(version), matchOf(kind)];
    return perRecord(({ object }) => {
      const own = groupVersionKindOf(object);
      return isGroup(own.group) && isVersion(own.version) && isKind(own.kind)
        ? [{ at: ['kind'], params: { object: `${object.apiVersion} ${object.kind}` } }]
        : NO_SPOTS;
    });
  },
};

export const serviceTypes: LintTemplate = {
  key: 'forbidden-service-types',
  kinds: ['Service'],
  parameters: { forbiddenServiceTypes: { type: 'strings' } },
  find({ forbiddenServiceTypes }) {
    const forbidden = stringsOf(forbiddenServiceTypes).map((type) => type.toLowerCase());
    return perObject('Service', ['v1'], ({ object }) => {
      const type = stringAt(object, 'spec', 'type') ?? '';
      return forbidden.includes(type.toLowerCase()) ? [{ at: ['spec', 'type'], params: { type } }] : NO_SPOTS;
    });
  },
};

export const danglingServices: LintTemplate = {
  key: 'dangling-service',
  kinds: ['Service'],
  parameters: { ignoredLabels: { type: 'strings' } },
  find: ({ ignoredLabels }) => serviceSelectsNothing(stringsOf(ignoredLabels)),
};

export const accessToResources: LintTemplate = {
  key: 'access-to-resources',
  kinds: ['RoleBinding', 'ClusterRoleBinding', 'Role', 'ClusterRole'],
  parameters: {
    flagRolesNotFound: { type: 'boolean' },
    resources: { type: 'patterns' },
    verbs: { type: 'patterns' },
  },
  find({ flagRolesNotFound, resources, verbs }) {
    const [isResource, isVerb] = [matchesOf(resources), matchesOf(verbs)];
    return accessBy(
      (word) => isResource.some((matches) => matches(word)),
      (word) => isVerb.some((matches) => matches(word)),
      flagRolesNotFound === true,
    );
  },
};

export const variableSources: LintTemplate = {
  key: 'env-value-from',
  kinds: ['DeploymentLike'],
  parameters: { ignoredSecrets: { type: 'patterns' }, ignoredConfigMaps: { type: 'patterns' } },
  find({ ignoredSecrets, ignoredConfigMaps }) {
    const ignored = { Secret: matchesOf(ignoredSecrets), ConfigMap: matchesOf(ignoredConfigMaps) };
    return missingSources((kind, name) => ignored[kind].some((matches) => matches(name)));
  },
};

export const keysInOrder: LintTemplate = {
  key: 'sorted-keys',
  kinds: ['Any'],
  parameters: { recursive: { type: 'boolean' } },
  find: ({ recursive }) => unsortedKeys(recursive === true),
};

export const privilegedConstraints: LintTemplate = {
  key: 'scc-deny-privileged-container',
  kinds: ['SecurityContextConstraints'],
  parameters: { allowPrivilegedContainer: { type: 'boolean' } },
  find: ({ allowPrivilegedContainer = false }) =>
    perObject('SecurityContextConstraints', ['security.openshift.io/v1'], ({ object }) =>
      (booleanAt(object, 'allowPrivilegedContainer') ?? false) === allowPrivilegedContainer
        ? [{ at: ['allowPrivilegedContainer'], params: { value: String(allowPrivilegedContainer) } }]
        : NO_SPOTS,
    ),
};
