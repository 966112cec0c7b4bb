import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject } from '../../../base/json.ts';
import { KubectlError } from '../command.ts';
import type { Terminal } from '../command.ts';
import type { FlagSpecs, Flags } from '../flags.ts';
import { servedNamed } from '../resources.ts';
import type { Generator } from './generator.ts';
import { arrayOf, metadataFor, sliceOf, textFlag } from './generator.ts';

const GROUP = 'rbac.authorization.k8s.io';
const RULES: FlagSpecs = { verb: { type: 'list' }, resource: { type: 'list' }, 'resource-name': { type: 'list' } };

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create_role.go `validResourceVerbs`, `specialVerbs`, 1.36. */
const VERBS: readonly string[] = [
  '*',
  'get',
  'delete',
  'list',
  'create',
  'update',
  'patch',
  'watch',
  'proxy',
  'deletecollection',
  'use',
  'bind',
  'escalate',
  'impersonate',
];
const NON_RESOURCE_VERBS: readonly string[] = ['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options'];
/** Verbs that only some resources have, as `resource.group`. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: [`roles.${GROUP}`, `clusterroles.${GROUP}`],
  escalate: [`roles.${GROUP}`, `clusterroles.${GROUP}`],
  impersonate: ['users', 'serviceaccounts', 'groups', 'userextras.authentication.k8s.io'],
};

interface Named {
  readonly resource: string;
  readonly group: string;
  readonly subresource: string;
  /** Whether the server knows it. */
  readonly isKnown: boolean;
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}

/** `deployments.apps/scale`, with the plural and the group that the server has for it. */
function namedResource(text: string, terminal: Terminal): Named {
  const [name = '', ...rest] = text.split('/');
  const subresource = rest.join('/');
  const dot = name.indexOf('.');
  const [resource, group] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  if (resource === '' || resource === '*') return { resource, group, subresource, isKnown: resource === '*' };
  try {
    const served = servedNamed(name, terminal);
    return { resource: served.plural, group: served.group, subresource, isKnown: true };
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return { resource, group, subresource, isKnown: false };
  }
}

function resourcesOf(flags: Flags, terminal: Terminal): readonly Named[] {
  const named: Named[] = [];
  for (const text of sliceOf(flags, 'resource')) {
    if (text === '*') return [namedResource(text, terminal)];
    named.push(namedResource(text, terminal));
  }
  return named;
}

function checkResources(named: readonly Named[], verbs: readonly string[]): void {
  for (const { resource, group, isKnown } of named) {
    if (resource === '') throw new KubectlError('error: resource must be specified if apiGroup/subresource specified');
    if (resource === '*') return;
    let isSpecial = false;
    for (const verb of verbs) {
      const owners = SPECIAL[verb];
      if (owners === undefined) continue;
      if (!owners.includes(group === '' ? resource : `${resource}.${group}`))
        throw new KubectlError(`error: can not perform '${verb}' on '${resource}' in group '${group}'`);
      isSpecial = true;
    }
    if (!isKnown && !isSpecial) throw new KubectlError(`error: the server doesn't have a resource type "${resource}"`);
  }
}

/** One rule for each API group, in their order. */
function rulesOf(named: readonly Named[], verbs: readonly string[], names: readonly string[]): readonly JsonObject[] {
  const groups = new Map<string, string[]>();
  for (const { resource, group, subresource } of named) {
    const own = groups.get(group) ?? [];
    groups.set(group, own);
    const text = subresource === '' ? resource : `${resource}/${subresource}`;
    if (!own.includes(text)) own.push(text);
  }
  return [...groups]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([group, resources]) => ({
      apiGroups: [group],
      ...(names.length === 0 ? {} : { resourceNames: [...names] }),
      resources,
      verbs: [...verbs],
    }));
}

function verbsOf(flags: Flags): readonly string[] {
  const verbs = unique(sliceOf(flags, 'verb'));
  return verbs.includes('*') ? ['*'] : verbs;
}

function warn(terminal: Terminal, verbs: readonly string[], known: readonly string[], what: string): void {
  for (const verb of verbs)
    if (!known.includes(verb)) terminal.err(`Warning: '${verb}' is not a standard ${what} verb\n`);
}

const role: Generator = {
  name: 'role',
  flags: RULES,
  make(name, flags, terminal) {
    const [verbs, named] = [verbsOf(flags), resourcesOf(flags, terminal)];
    if (verbs.length === 0) throw new KubectlError('error: at least one verb must be specified');
    warn(terminal, verbs, VERBS, 'resource');
    if (named.length === 0) throw new KubectlError('error: at least one resource must be specified');
    checkResources(named, verbs);
    const rules = rulesOf(named, verbs, unique(arrayOf(flags, 'resource-name')));
    return { apiVersion: `${GROUP}/v1`, kind: 'Role', metadata: metadataFor(name, flags), rules };
  },
};

/** Source: create_clusterrole.go. */
const clusterRole: Generator = {
  name: 'clusterrole',
  flags: { ...RULES, 'non-resource-url': { type: 'list' }, 'aggregation-rule': { type: 'list' } },
  make(name, flags, terminal) {
    const head = { apiVersion: `${GROUP}/v1`, kind: 'ClusterRole', metadata: { name } };
    const [verbs, named] = [verbsOf(flags), resourcesOf(flags, terminal)];
    const urls = unique(sliceOf(flags, 'non-resource-url'));
    const names = unique(arrayOf(flags, 'resource-name'));
    const aggregated = sliceOf(flags, 'aggregation-rule');
    if (aggregated.length > 0) {
      if (verbs.length + named.length + urls.length + names.length > 0)
        throw new KubectlError(
          'error: aggregation rule must be specified without other rules, resource names, or non-resource URLs',
        );
      const matchLabels = Object.fromEntries(aggregated.map((pair) => pair.split('=') as [string, string]));
      return { ...head, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] }, rules: null };
    }
    if (verbs.length === 0) throw new KubectlError('error: at least one verb must be specified');
    if (named.length + urls.length === 0)
      throw new KubectlError('error: one of resource or nonResourceURL must be specified');
    if (named.length > 0) {
      warn(terminal, verbs, VERBS, 'resource');
      checkResources(named, verbs);
    }
    if (named.length > 0 && names.length > 0 && urls.length > 0)
      throw new KubectlError('error: resourceName can not be applied to non-resource URLs');
    if (urls.length > 0) checkUrls(urls, verbs, names, terminal);
    const rules = rulesOf(named, verbs, names);
    return {
      ...head,
      rules: urls.length === 0 ? rules : [...rules, { nonResourceURLs: [...urls], verbs: [...verbs] }],
    };
  },
};

function checkUrls(
  urls: readonly string[],
  verbs: readonly string[],
  names: readonly string[],
  terminal: Terminal,
): void {
  if (names.length > 0) throw new KubectlError('error: resourceName can not be applied to non-resource URLs');
  warn(terminal, verbs, NON_RESOURCE_VERBS, 'non-resource');
  for (const url of urls) {
    if (url === '*') continue;
    if (!url.startsWith('/')) throw new KubectlError('error: nonResourceURL should start with /');
    if (url.slice(0, -1).includes('*'))
      throw new KubectlError("error: nonResourceURL only supports wildcard matches when '*' is at the end");
  }
}

const SUBJECTS: FlagSpecs = {
  clusterrole: { type: 'text' },
  user: { type: 'list' },
  group: { type: 'list' },
  serviceaccount: { type: 'list' },
};

function subjectsOf(flags: Flags): readonly JsonObject[] {
  const plain = (kind: string, names: readonly string[]): readonly JsonObject[] =>
    names.map((name) => ({ apiGroup: GROUP, kind, name }));
  const accounts = arrayOf(flags, 'serviceaccount').map((text) => {
    const [namespace = '', name = '', ...more] = text.split(':');
    if (namespace === '' || name === '' || more.length > 0)
      throw new KubectlError('error: serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name, namespace };
  });
  return [...plain('User', arrayOf(flags, 'user')), ...plain('Group', arrayOf(flags, 'group')), ...accounts];
}

/** Source: create_rolebinding.go. */
const roleBinding: Generator = {
  name: 'rolebinding',
  flags: { ...SUBJECTS, role: { type: 'text' } },
  make(name, flags) {
    const [role, cluster] = [textFlag(flags, 'role'), textFlag(flags, 'clusterrole')];
    if ((role === '') === (cluster === ''))
      throw new KubectlError('error: exactly one of clusterrole or role must be specified');
    const subjects = subjectsOf(flags);
    const roleRef = { apiGroup: GROUP, kind: role === '' ? 'ClusterRole' : 'Role', name: role === '' ? cluster : role };
    return {
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata: metadataFor(name, flags),
      roleRef,
      ...(subjects.length === 0 ? {} : { subjects }),
    };
  },
};

const clusterRoleBinding: Generator = {
  name: 'clusterrolebinding',
  flags: SUBJECTS,
  required: ['clusterrole'],
  make(name, flags) {
    const subjects = subjectsOf(flags);
    return {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: textFlag(flags, 'clusterrole') },
      ...(subjects.length === 0 ? {} : { subjects }),
    };
  },
};

export const ACCESS_GENERATORS: readonly Generator[] = [role, clusterRole, roleBinding, clusterRoleBinding];
