import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import { formatApiVersion } from '../apimachinery/group-version-kind.ts';
import { RESOURCES } from './data/resources-1.36.ts';

/** The pinned release is Kubernetes 1.36; releases are written as their minor number. */
export const PINNED_RELEASE = 36;

/** Releases that a design can be meant for, newest first. */
export const TARGET_RELEASES: readonly number[] = Array.from({ length: 15 }, (_, index) => PINNED_RELEASE - index);

/** One line of the table; what is left out is told by `Resource`. */
export interface ResourceRow {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** The kind in lower case where left out. */
  readonly singular?: string;
  /** Namespaced where left out. */
  readonly scope?: 'Cluster';
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly string[];
  readonly verbs?: readonly string[];
  readonly origin?: Resource['origin'];
  readonly versions: readonly VersionRow[];
}

interface VersionRow {
  readonly version: string;
  readonly introduced?: number;
  readonly deprecated?: number | true;
  readonly removed?: number;
  readonly optional?: true;
  readonly unserved?: true;
  readonly replacement?: readonly [group: string, version: string, kind: string];
}

/** A kind that an API server serves, or once served: what discovery says of it, and the life of its versions. */
export interface Resource {
  readonly group: string;
  readonly kind: string;
  /** The name in URLs and RBAC rules: `deployments`. */
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  /** `all`, `api-extensions`, `gateway-api`. */
  readonly categories: readonly string[];
  /** `status`, `scale`, `log`…, of any version. */
  readonly subresources: readonly string[];
  readonly verbs: readonly string[];
  /** Where the kind comes from: the API server itself, or CustomResourceDefinitions of that project. */
  readonly origin: 'kubernetes' | 'gateway-api' | 'vertical-pod-autoscaler';
  /** In the order an API server prefers them; those no longer served stand in it too. */
  readonly versions: readonly ResourceVersion[];
}

/**
 * One version of a kind. Releases are minors of Kubernetes 1.x; a kind from CRDs has none.
 * Source: prerelease-lifecycle files of kubernetes/api and api/discovery, 1.36.
 */
export interface ResourceVersion {
  readonly version: string;
  readonly introduced: number | undefined;
  /** May lie in the future. A version from a CRD is deprecated or not, whatever the release: 0. */
  readonly deprecated: number | undefined;
  /** The first release that does not serve it; may lie in the future. */
  readonly removed: number | undefined;
  /** Served only where `--runtime-config` switches it on, or by the experimental channel of the Gateway API. */
  readonly optional: boolean;
  /** Not served by any release from 1.20 on, though no release is recorded for its removal; or `served: false` in its CRD. */
  readonly unserved: boolean;
  readonly replacement: GroupVersionKind | undefined;
}

const ALL_VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const NONE: readonly string[] = [];

function readVersion(row: VersionRow): ResourceVersion {
  const [group, version, kind] = row.replacement ?? [];
  return {
    version: row.version,
    introduced: row.introduced,
    deprecated: row.deprecated === true ? 0 : row.deprecated,
    removed: row.removed,
    optional: row.optional ?? false,
    unserved: row.unserved ?? false,
    replacement:
      group === undefined || version === undefined || kind === undefined ? undefined : { group, version, kind },
  };
}

function readResource(row: ResourceRow): Resource {
  return {
    group: row.group,
    kind: row.kind,
    plural: row.plural,
    singular: row.singular ?? row.kind.toLowerCase(),
    shortNames: row.shortNames ?? NONE,
    scope: row.scope ?? 'Namespaced',
    categories: row.categories ?? NONE,
    subresources: row.subresources ?? NONE,
    verbs: row.verbs ?? ALL_VERBS,
    origin: row.origin ?? 'kubernetes',
    versions: row.versions.map(readVersion),
  };
}

/** Every built-in kind since 1.16, the Gateway API's and the Vertical Pod Autoscaler's; by group, then kind. */
export const BUILT_IN_RESOURCES: readonly Resource[] = RESOURCES.map(readResource);

const byGroupKind = new Map(BUILT_IN_RESOURCES.map((resource) => [`${resource.group}/${resource.kind}`, resource]));

export function resourceOf(group: string, kind: string): Resource | undefined {
  return byGroupKind.get(`${group}/${kind}`);
}

export function resourceVersionOf({ group, version, kind }: GroupVersionKind): ResourceVersion | undefined {
  return resourceOf(group, kind)?.versions.find((candidate) => candidate.version === version);
}

/** Whether an API server of that release serves the version, with its default configuration. */
export function isServed(version: ResourceVersion, release: number = PINNED_RELEASE): boolean {
  return !version.optional && couldBeServed(version, release);
}

/** Whether an API server of that release serves the version once every API is switched on. */
export function couldBeServed(version: ResourceVersion, release: number = PINNED_RELEASE): boolean {
  if (version.unserved) return false;
  return (version.introduced ?? 0) <= release && release < (version.removed ?? Infinity);
}

/**
 * The Warning header that a write to a deprecated version is answered with, or undefined.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/deprecation/deprecation.go, 1.36.
 */
export function deprecationWarning(gvk: GroupVersionKind, release: number = PINNED_RELEASE): string | undefined {
  const version = resourceVersionOf(gvk);
  if (version?.deprecated === undefined || version.deprecated > release) return undefined;
  const apiVersion = formatApiVersion(gvk.group, gvk.version);
  if (version.deprecated === 0) return `${apiVersion} ${gvk.kind} is deprecated`;
  let text = `${apiVersion} ${gvk.kind} is deprecated in v1.${version.deprecated}+`;
  if (version.removed !== undefined) text += `, unavailable in v1.${version.removed}+`;
  if (version.replacement !== undefined) {
    text += `; use ${formatApiVersion(version.replacement.group, version.replacement.version)} ${version.replacement.kind}`;
  }
  return text;
}
