// Derives resources-1.36.ts: every kind that a Kubernetes API server has served since 1.16, and the kinds of the
// Gateway API and the Vertical Pod Autoscaler. Run by hand when the pinned release changes, never in a build:
//
//   node src/openapi/generate/derive-resources.mjs --kubernetes DIR[:PREFIX] --api DIR --gateway-api DIR --autoscaler DIR
//
// Each DIR is a git directory: kubernetes/kubernetes at the pinned release (PREFIX where it is vendored),
// kubernetes/api with its tags v0.17.0 … v0.36.0, kubernetes-sigs/gateway-api with tag v1.5.1, kubernetes/autoscaler.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';

const RELEASE = 36;
const FIRST_TAG = 17;
const GATEWAY_API_TAG = 'v1.5.1';

const { values: args } = parseArgs({
  options: {
    kubernetes: { type: 'string' },
    api: { type: 'string' },
    'gateway-api': { type: 'string' },
    autoscaler: { type: 'string' },
  },
});
const [kubernetesDir, kubernetesPrefix = ''] = args.kubernetes.split(':');

/** @param {string} dir @param {string[]} command */
const git = (dir, ...command) => execFileSync('git', ['-C', dir, ...command], { encoding: 'utf8', maxBuffer: 1 << 28 });
const kubernetesFile = (path) => git(kubernetesDir, 'show', `HEAD:${kubernetesPrefix}${path}`);

/** Kinds that no API server serves as a resource of their own: options, subresource bodies, webhook reviews. */
const NOT_RESOURCES =
  /^(Scale|Eviction|DeploymentRollback|EphemeralContainers|JobTemplate|RangeAllocation|SerializedReference|PodStatusResult|TokenRequest|ReplicationControllerDummy|APIGroupDiscovery|AdmissionReview|ImageReview|ConversionReview|ThirdParty.*|.*Options)$/;

/** What is not in 1.36's discovery nor in another group of it. Source: types.go and pkg/registry of the last release that had the kind. */
const GONE = {
  'policy/PodSecurityPolicy': { plural: 'podsecuritypolicies', scope: 'Cluster', shortNames: ['psp'] },
  'extensions/PodSecurityPolicy': { plural: 'podsecuritypolicies', scope: 'Cluster', shortNames: ['psp'] },
  'networking.k8s.io/ClusterCIDR': { plural: 'clustercidrs', scope: 'Cluster', shortNames: ['cc'] },
  'settings.k8s.io/PodPreset': { plural: 'podpresets', scope: 'Namespaced' },
  'auditregistration.k8s.io/AuditSink': { plural: 'auditsinks', scope: 'Cluster', shortNames: ['as'] },
  'resource.k8s.io/ResourceClass': { plural: 'resourceclasses', scope: 'Cluster' },
  'resource.k8s.io/PodScheduling': { plural: 'podschedulings', scope: 'Namespaced', subresources: ['status'] },
  'resource.k8s.io/PodSchedulingContext': {
    plural: 'podschedulingcontexts',
    scope: 'Namespaced',
    subresources: ['status'],
  },
  'resource.k8s.io/ResourceClaimParameters': { plural: 'resourceclaimparameters', scope: 'Namespaced' },
  'resource.k8s.io/ResourceClassParameters': { plural: 'resourceclassparameters', scope: 'Namespaced' },
};

/**
 * Lifecycles that no generated file records.
 * rbac/v1alpha1: the note in kubernetes/api rbac/v1alpha1/types.go at v0.22.0. node/v1alpha1 and the PriorityClass of
 * scheduling/v1alpha1: in no release's lifecycle file; off by default always, absent from 1.36's discovery.
 */
const LIFECYCLES_BY_HAND = {
  'rbac.authorization.k8s.io/v1alpha1/*': { introduced: 5, deprecated: 17, removed: 22 },
  'node.k8s.io/v1alpha1/RuntimeClass': { introduced: 12, unserved: true },
  'scheduling.k8s.io/v1alpha1/PriorityClass': { introduced: 9, unserved: true },
  'batch/v2alpha1/CronJob': { introduced: 5, removed: 21 },
  'settings.k8s.io/v1alpha1/PodPreset': { introduced: 6, removed: 20 },
  'auditregistration.k8s.io/v1alpha1/AuditSink': { introduced: 13, removed: 19 },
  'discovery.k8s.io/v1alpha1/EndpointSlice': { introduced: 16, removed: 21 },
  'extensions/v1beta1/PodSecurityPolicy': {
    introduced: 2,
    deprecated: 11,
    removed: 16,
    replacement: ['policy', 'v1beta1', 'PodSecurityPolicy'],
  },
};

/** Beta versions that 1.24 and later serve by default all the same, as new versions of an API that was beta and on before. */
const BETA_ON_BY_DEFAULT = new Set(['flowcontrol.apiserver.k8s.io/v1beta3']);

/** Where a kind moved from one group to another: what `extensions` and `policy` lent their plural and scope from. */
const MOVED_TO = { extensions: ['apps', 'networking.k8s.io'] };

/** Discovery as a 1.36 API server with every API switched on answers it. */
function readDiscovery() {
  const legacy = JSON.parse(kubernetesFile('api/discovery/api__v1.json'));
  const groups = JSON.parse(kubernetesFile('api/discovery/aggregated_v2.json')).items;
  const found = new Map();
  const add = (group, version, kind, facts) => {
    const key = `${group}/${kind}`;
    const entry = found.get(key) ?? { group, kind, ...facts, served: [] };
    entry.served.push(version);
    entry.subresources = [...new Set([...entry.subresources, ...facts.subresources])].sort();
    found.set(key, entry);
  };
  for (const resource of legacy.resources.filter((r) => !r.name.includes('/'))) {
    const subresources = legacy.resources
      .filter((r) => r.name.startsWith(`${resource.name}/`))
      .map((r) => r.name.slice(resource.name.length + 1));
    add('', 'v1', resource.kind, {
      plural: resource.name,
      singular: resource.singularName,
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      shortNames: resource.shortNames ?? [],
      categories: resource.categories ?? [],
      verbs: resource.verbs,
      subresources,
    });
  }
  for (const group of groups)
    for (const { version, resources } of group.versions)
      for (const resource of resources) {
        add(group.metadata.name, version, resource.responseKind.kind, {
          plural: resource.resource,
          singular: resource.singularResource,
          scope: resource.scope,
          shortNames: resource.shortNames ?? [],
          categories: resource.categories ?? [],
          verbs: resource.verbs,
          subresources: (resource.subresources ?? []).map((s) => s.subresource),
        });
      }
  return found;
}

/** Every (group, version, kind) registered in kubernetes/api, with the first and last minor release that had it. */
function readHistory() {
  const history = new Map();
  for (let minor = FIRST_TAG; minor <= RELEASE; minor++) {
    const tag = `v0.${minor}.0`;
    const files = git(args.api, 'ls-tree', '-r', '--name-only', tag).split('\n');
    for (const file of files.filter((f) => /\/(register|lifecycle|zz_generated\.prerelease-lifecycle)\.go$/.test(f))) {
      const directory = file.slice(0, file.lastIndexOf('/'));
      const version = directory.slice(directory.lastIndexOf('/') + 1);
      const text = git(args.api, 'show', `${tag}:${file}`);
      if (file.endsWith('register.go')) {
        const group = /GroupName\s*=\s*"([^"]*)"/.exec(text)?.[1] ?? '';
        for (const [, kind] of text.matchAll(/^\s+&([A-Z]\w+)\{\}/gm)) {
          if (kind.endsWith('List')) continue;
          const key = `${group}/${version}/${kind}`;
          const entry = history.get(key) ?? { group, version, kind, directory, first: minor, lifecycle: {} };
          entry.last = minor;
          history.set(key, entry);
        }
      } else mergeLifecycles(history, directory, text);
    }
  }
  return history;
}

function mergeLifecycles(history, directory, text) {
  for (const [, kind, word, value] of text.matchAll(
    /func \(in \*(\w+)\) APILifecycle(\w+)\(\)[^{]*\{\n\treturn (.*)\n/g,
  )) {
    const entry = [...history.values()].find((e) => e.directory === directory && e.kind === kind);
    if (entry === undefined) continue;
    entry.lifecycle[word.toLowerCase()] =
      word === 'Replacement' ? [...value.matchAll(/"([^"]*)"/g)].map((m) => m[1]) : Number(value.split(', ')[1]);
  }
}

/** apiextensions-apiserver and kube-aggregator live outside kubernetes/api. */
function addOtherServers(history) {
  const servers = [
    [
      'apiextensions.k8s.io',
      'CustomResourceDefinition',
      'staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions',
    ],
    ['apiregistration.k8s.io', 'APIService', 'staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration'],
  ];
  for (const [group, kind, path] of servers)
    for (const version of ['v1', 'v1beta1']) {
      history.set(`${group}/${version}/${kind}`, {
        group,
        version,
        kind,
        directory: `${path}/${version}`,
        first: FIRST_TAG,
        last: RELEASE,
        lifecycle: {},
      });
      mergeLifecycles(
        history,
        `${path}/${version}`,
        kubernetesFile(`${path}/${version}/zz_generated.prerelease-lifecycle.go`),
      );
    }
}

function describeVersion(entry, isServed) {
  const { group, version, kind, first, last, lifecycle } = entry;
  const byHand = LIFECYCLES_BY_HAND[`${group}/${version}/${kind}`] ?? LIFECYCLES_BY_HAND[`${group}/${version}/*`] ?? {};
  const introduced = lifecycle.introduced ?? byHand.introduced ?? first;
  // Types stay in the tree after they are no longer served, but an alpha may also go before its recorded release.
  const dropped = last < RELEASE ? last + 1 : Infinity;
  const earliest = Math.min(lifecycle.removed ?? byHand.removed ?? Infinity, dropped);
  const removed = earliest === Infinity ? undefined : earliest;
  const isBeta = version.includes('beta');
  const optional =
    version.includes('alpha') || (isBeta && introduced >= 24 && !BETA_ON_BY_DEFAULT.has(`${group}/${version}`));
  if (isServed !== (removed === undefined ? !byHand.unserved : removed > RELEASE))
    throw new Error(`discovery and lifecycle differ: ${group}/${version} ${kind}`);
  const replacement = lifecycle.replacement ?? byHand.replacement;
  return {
    version,
    introduced,
    deprecated: lifecycle.deprecated ?? byHand.deprecated,
    removed,
    optional: optional || undefined,
    unserved: byHand.unserved,
    // networking/v1beta1 IngressClass names a List as its replacement upstream; the kind is meant.
    replacement: replacement && [
      replacement[0],
      replacement[1],
      replacement[2] === 'IngressClassList' ? 'IngressClass' : replacement[2],
    ],
  };
}

function rank(version) {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  return [match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0, Number(match[1]), Number(match[3] ?? 0)];
}
/** As an API server orders versions: stable before beta before alpha, then the higher number. */
function compareVersions(a, b) {
  const [x, y] = [rank(a.version), rank(b.version)];
  return y[0] - x[0] || y[1] - x[1] || y[2] - x[2];
}

function builtInResources() {
  const discovery = readDiscovery();
  const history = readHistory();
  addOtherServers(history);
  const resources = new Map(
    [...discovery].map(([key, { served, ...facts }]) => [key, { ...facts, served, versions: [] }]),
  );
  for (const entry of history.values()) {
    const { group, kind } = entry;
    const key = `${group}/${kind}`;
    if (NOT_RESOURCES.test(kind)) continue;
    if (!resources.has(key)) {
      const donor = (MOVED_TO[group] ?? [])
        .map((other) => discovery.get(`${other}/${kind}`))
        .find((found) => found !== undefined);
      const facts = GONE[key] ?? donor;
      if (facts === undefined) throw new Error(`no plural and scope known for ${key}`);
      resources.set(key, {
        group,
        kind,
        plural: facts.plural,
        singular: kind.toLowerCase(),
        scope: facts.scope,
        shortNames: facts.shortNames ?? [],
        categories: [],
        subresources: facts.subresources ?? [],
        verbs: undefined,
        served: [],
        versions: [],
      });
    }
    const resource = resources.get(key);
    resource.versions.push(describeVersion(entry, resource.served.includes(entry.version)));
  }
  for (const resource of resources.values()) {
    const missing = resource.served.filter((version) => !resource.versions.some((v) => v.version === version));
    if (missing.length > 0)
      throw new Error(
        `discovery serves what kubernetes/api does not have: ${resource.group} ${resource.kind} ${missing}`,
      );
    // autoscaling alone prefers by priority, and that order is the same.
    resource.versions.sort(compareVersions);
  }
  return [...resources.values()];
}

/** A CRD's names and versions; what the standard channel does not serve needs the experimental channel. */
function customResources(origin, documents) {
  const resources = new Map();
  for (const { optional, crd } of documents) {
    const { group, names, scope, versions } = crd.spec;
    const resource = resources.get(names.plural) ?? {
      group,
      kind: names.kind,
      plural: names.plural,
      singular: names.singular,
      scope,
      shortNames: names.shortNames ?? [],
      categories: names.categories ?? [],
      subresources: [],
      verbs: undefined,
      versions: [],
      origin,
    };
    resources.set(names.plural, resource);
    for (const version of versions) {
      resource.subresources = [
        ...new Set([...resource.subresources, ...Object.keys(version.subresources ?? {})]),
      ].sort();
      if (resource.versions.some((v) => v.version === version.name && !v.unserved)) continue;
      resource.versions = resource.versions.filter((v) => v.version !== version.name);
      resource.versions.push({
        version: version.name,
        deprecated: version.deprecated || undefined,
        unserved: !version.served || undefined,
        optional: (version.served && optional) || undefined,
      });
    }
    resource.versions.sort(compareVersions);
  }
  return [...resources.values()];
}

function readCrds(dir, ref, path) {
  return parseAllDocuments(git(dir, 'show', `${ref}:${path}`))
    .map((d) => d.toJS())
    .filter((d) => d?.kind === 'CustomResourceDefinition');
}

function gatewayResources() {
  const files = git(args['gateway-api'], 'ls-tree', '-r', '--name-only', GATEWAY_API_TAG, 'config/crd').split('\n');
  const channel = (name) =>
    files
      .filter((f) => f.includes(`/${name}/`))
      .flatMap((f) =>
        readCrds(args['gateway-api'], GATEWAY_API_TAG, f).map((crd) => ({ crd, optional: name === 'experimental' })),
      );
  return customResources('gateway-api', [...channel('standard'), ...channel('experimental')]);
}

function autoscalerResources() {
  const crds = readCrds(args.autoscaler, 'HEAD', 'vertical-pod-autoscaler/deploy/vpa-v1-crd-gen.yaml');
  return customResources(
    'vertical-pod-autoscaler',
    crds.map((crd) => ({ crd, optional: false })),
  );
}

const ALL_VERBS = 'create,delete,deletecollection,get,list,patch,update,watch';

function formatValue(value) {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(', ')}]`;
  if (typeof value === 'object')
    return `{ ${Object.entries(value)
      .filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0))
      .map(([k, v]) => `${k}: ${formatValue(v)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function formatResource({
  group,
  kind,
  plural,
  singular,
  scope,
  shortNames,
  categories,
  subresources,
  verbs,
  versions,
  origin,
}) {
  const restricted = verbs !== undefined && [...verbs].sort().join() !== ALL_VERBS ? [...verbs].sort() : undefined;
  return formatValue({
    group,
    kind,
    plural,
    singular: singular === kind.toLowerCase() ? undefined : singular,
    scope: scope === 'Cluster' ? 'Cluster' : undefined,
    shortNames,
    categories,
    subresources,
    verbs: restricted,
    origin,
    versions,
  });
}

const resources = [...builtInResources(), ...gatewayResources(), ...autoscalerResources()].sort((a, b) =>
  a.group < b.group ? -1 : a.group > b.group ? 1 : a.kind < b.kind ? -1 : 1,
);
const header = `/*
 * Facts taken from Kubernetes 1.36 (api/discovery, kubernetes/api v0.17.0 to v0.36.0: register.go and the
 * prerelease-lifecycle files), Gateway API ${GATEWAY_API_TAG} and the Vertical Pod Autoscaler (their CRDs).
 * Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0; see LICENSE.
 * Written by generate/derive-resources.mjs; do not edit by hand.
 */
import type { ResourceRow } from '../resource.ts';

// oxfmt-ignore
export const RESOURCES: readonly ResourceRow[] = [
`;
writeFileSync(
  new URL('../data/resources-1.36.ts', import.meta.url),
  `${header}${resources.map((r) => `  ${formatResource(r)},\n`).join('')}];\n`,
);
console.log(`${resources.length} resources, ${resources.reduce((n, r) => n + r.versions.length, 0)} versions`);
