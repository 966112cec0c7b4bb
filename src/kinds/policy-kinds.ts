import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { arrayAt, booleanAt, stringAt } from '../base/json.ts';
import { definitionType, publishedType } from '../cel/built-in-type.ts';
import { schemaOfVersion } from './shared/custom-resource/structural-schema.ts';
import { schemaOf } from '../openapi/built-in-schemas.ts';
import { BUILT_IN_RESOURCES, PINNED_RELEASE, isServed } from '../openapi/resource.ts';
import type { CelType } from '../cel/type.ts';

/** What is known of the kinds that a policy speaks of. */
export interface PolicyKinds {
  /** What is served under a plural or singular; of group '' in any group. Nothing where nothing is. */
  kindsFor(group: string, version: string, resource: string): readonly GroupVersionKind[];
  /** The type of a kind, undefined inside where its schema says none; undefined where nobody has a schema of it. */
  typeOf(kind: GroupVersionKind): { readonly type: CelType | undefined } | undefined;
}

export interface ClusterKinds {
  /** The CustomResourceDefinitions that are served. */
  readonly definitions: readonly KubernetesObject[];
  /** Minor of Kubernetes 1.x; the pinned release where left out. */
  readonly release?: number | undefined;
  /**
   * Error messages name the type of a kind by the kind and a number: in a real cluster the nanoseconds of the second in
   * which it was made.
   */
  readonly moment: number;
}

/** A kind with the names of its resource. */
interface NamedKind extends GroupVersionKind {
  readonly plural: string;
  readonly singular: string;
  /** Of a custom resource. */
  readonly definition?: KubernetesObject;
}

/**
 * The kinds that a cluster serves; schemas of built-in ones are known as far as they are loaded.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/meta/restmapper.go `KindsFor`, typechecking.go `declType`, 1.36.2.
 */
export function policyKinds({ definitions, release = PINNED_RELEASE, moment }: ClusterKinds): PolicyKinds {
  const served = [...builtIn(release), ...definitions.flatMap(kindsOfDefinition)];
  let asked = 0;
  return {
    kindsFor: (group, version, resource) => {
      const word = resource.toLowerCase();
      // No group is said of the core group, nor of any.
      return served.filter(
        (kind) =>
          (group === '' || kind.group === group) &&
          kind.version === version &&
          (kind.plural === word || kind.singular === word),
      );
    },
    typeOf: (kind) => {
      const name = `${kind.kind}${moment + asked++}`;
      const definition = served.find((one) => isSame(one, kind))?.definition;
      const source = definition && schemaOfVersion(definition, kind.version);
      if (source !== undefined) return { type: publishedType(source, name) };
      const schema = schemaOf(kind);
      return schema && { type: definitionType(schema, name) };
    },
  };
}

function isSame(a: GroupVersionKind, b: GroupVersionKind): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function builtIn(release: number): readonly NamedKind[] {
  return BUILT_IN_RESOURCES.filter(({ origin }) => origin === 'kubernetes').flatMap(
    ({ group, kind, plural, singular, versions }) =>
      versions
        .filter((version) => isServed(version, release))
        .map(({ version }) => ({ group, version, kind, plural, singular })),
  );
}

function kindsOfDefinition(definition: KubernetesObject): readonly NamedKind[] {
  const name = (...path: readonly string[]): string => stringAt(definition, 'spec', ...path) ?? '';
  const [group, kind, plural] = [name('group'), name('names', 'kind'), name('names', 'plural')];
  const singular = stringAt(definition, 'spec', 'names', 'singular') ?? kind.toLowerCase();
  return arrayAt(definition, 'spec', 'versions')
    .filter((version) => booleanAt(version, 'served') === true)
    .map((version) => ({ group, version: stringAt(version, 'name') ?? '', kind, plural, singular, definition }));
}
