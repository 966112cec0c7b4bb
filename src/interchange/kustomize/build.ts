import { annotationsOf, isKubernetesObject, nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { DocumentSegment, ManifestObject } from '../../manifest/manifest.ts';
import { readManifest } from '../../manifest/read.ts';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { resolveInTree, textOfBytes } from '../file-tree.ts';
import type { FileTree } from '../file-tree.ts';
import { withValue } from '../json-path.ts';
import type { Note } from '../note.ts';
import { openBlockAt } from '../yaml-source.ts';
import { generate } from './generators.ts';
import { KustomizeRefusal, kustomizationFileIn, readKustomization, refuseAt, stringsAt } from './kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import { contentHash } from './name-hash.ts';
import { followNames } from './name-references.ts';
import { inOrder } from './order.ts';
import { applyJsonPatches, applyPatches, applyStrategicPatches } from './patches.ts';
import { applyReplacements } from './replacements.ts';
import { currentId, effectiveNamespace, gvkOf, newResource } from './resource.ts';
import type { Resource } from './resource.ts';
import {
  addAnnotations,
  addLabels,
  addPrefix,
  addSuffix,
  named,
  setImages,
  setNamespace,
  setReplicas,
} from './transformers.ts';

export interface KustomizeBuild {
  /** Empty where the build was refused: nothing half built. */
  readonly objects: readonly KubernetesObject[];
  readonly notes: readonly Note[];
}

const MOST_KUSTOMIZATIONS = 500;
const MOST_OBJECTS = 50_000;

/**
 * What `kubectl kustomize FOLDER` prints, as objects in its order. Remote bases, plug-ins, Helm charts, transformer
 * configurations and vars are not followed: such a build is refused, and the field named.
 */
export async function buildKustomization(tree: FileTree, folder: string): Promise<KustomizeBuild> {
  const builder = new Builder(tree);
  try {
    // Patches merge by schemas, which are loaded by group: what groups there are shows in the files.
    await preloadSchemas(builder.groups(folder));
    return { objects: builder.build(folder), notes: builder.notes };
  } catch (error) {
    if (error instanceof KustomizeRefusal) return { objects: [], notes: builder.notes };
    throw error;
  }
}

class Builder {
  notes: Note[] = [];
  private readonly tree: FileTree;
  private visited = 0;
  private readonly seenGroups = new Set<string>();
  private onlyLook = false;

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  /** Reads every resource once without transforming any, to know the groups. */
  groups(folder: string): ReadonlySet<string> {
    this.onlyLook = true;
    this.accumulate(folder, [], []);
    this.onlyLook = false;
    this.visited = 0;
    this.notes = [];
    return this.seenGroups;
  }

  build(folder: string): readonly KubernetesObject[] {
    const kustomization = readKustomization(this.tree, folder, []);
    const accumulated = this.accumulate(folder, [], []);
    const hashed = accumulated.map((resource) =>
      resource.needsHash ? named(resource, `${nameOf(resource.object)}-${contentHash(resource.object)}`) : resource,
    );
    const followed = followNames(hashed);
    if ('ambiguous' in followed)
      return refuseAt(kustomization, 'kustomize.ambiguous', [], { object: nameOf(followed.ambiguous.object) });
    const kept = followed.filter(
      ({ object }) => annotationsOf(object).get('config.kubernetes.io/local-config') !== 'true',
    );
    return inOrder(kept, kustomization).map(({ object }) => object);
  }

  private accumulate(folder: string, around: readonly Resource[], chain: readonly string[]): readonly Resource[] {
    const kustomization = readKustomization(this.tree, folder, this.notes);
    if (chain.includes(folder))
      return refuseAt(kustomization, 'kustomize.cycle', [], { folder: folder === '' ? '.' : folder });
    if (++this.visited > MOST_KUSTOMIZATIONS)
      return refuseAt(kustomization, 'source.tooMany', [], { what: 'kustomizations', limit: MOST_KUSTOMIZATIONS });
    const inside = [...chain, folder];
    let current = around;
    for (const [reference, path] of stringsAt(kustomization, 'resources', 'bases'))
      current = this.joined(current, this.resourcesAt(kustomization, reference, path, inside), kustomization, path);
    if (!this.onlyLook)
      current = generate(current, kustomization, (of, reference, path) => this.bytes(of, reference, path));
    for (const [reference, path] of stringsAt(kustomization, 'components'))
      current = this.component(kustomization, reference, path, current, inside);
    return this.onlyLook ? [] : this.transformed(current, kustomization);
  }

  private component(
    kustomization: Kustomization,
    reference: string,
    path: Path,
    current: readonly Resource[],
    chain: readonly string[],
  ): readonly Resource[] {
    const folder = this.resolve(kustomization, reference, path);
    if (!readKustomization(this.tree, folder, this.notes).isComponent)
      return refuseAt(kustomization, 'kustomize.noComponent', path, { folder: reference });
    return this.accumulate(folder, current, chain);
  }

  /** Source of the order: api/internal/target/kusttarget_configplugin.go of kubernetes-sigs/kustomize. */
  private transformed(resources: readonly Resource[], kustomization: Kustomization): readonly Resource[] {
    const text = (of: Kustomization, reference: string, path: Path): string => this.text(of, reference, path);
    let current = applyStrategicPatches(resources, kustomization, text);
    current = applyPatches(current, kustomization, text);
    for (const transform of [setNamespace, addPrefix, addSuffix, addLabels, addAnnotations])
      current = transform(current, kustomization);
    current = applyJsonPatches(current, kustomization, text);
    for (const transform of [setReplicas, setImages]) current = transform(current, kustomization);
    return applyReplacements(current, kustomization, text);
  }

  private resolve(kustomization: Kustomization, reference: string, path: Path): string {
    if (isRemote(reference)) return refuseAt(kustomization, 'kustomize.remote', path, { reference });
    const resolved = resolveInTree(kustomization.folder, reference);
    return resolved ?? refuseAt(kustomization, 'source.outside', path, { path: reference });
  }

  private bytes(kustomization: Kustomization, reference: string, path: Path): Uint8Array {
    const file = this.resolve(kustomization, reference, path);
    this.refuseBeside(kustomization, file, path);
    return this.tree.read(file) ?? refuseAt(kustomization, 'source.missing', path, { file: reference });
  }

  /** kubectl reads files in and below the folder of the kustomization that names them; folders may lie anywhere. */
  private refuseBeside(kustomization: Kustomization, file: string, path: Path): void {
    const { folder } = kustomization;
    if (folder !== '' && !file.startsWith(`${folder}/`)) refuseAt(kustomization, 'kustomize.beside', path, { file });
  }

  private text(kustomization: Kustomization, reference: string, path: Path): string {
    const text = textOfBytes(this.bytes(kustomization, reference, path));
    return text ?? refuseAt(kustomization, 'source.type', path, { key: reference, expected: 'UTF-8' });
  }

  private resourcesAt(
    kustomization: Kustomization,
    reference: string,
    path: Path,
    chain: readonly string[],
  ): readonly Resource[] {
    const place = this.resolve(kustomization, reference, path);
    if (this.tree.read(place) === undefined) {
      if (this.tree.list(place) === undefined)
        return refuseAt(kustomization, 'source.missing', path, { file: reference });
      if (kustomizationFileIn(this.tree, place) === undefined)
        return refuseAt(kustomization, 'kustomize.none', path, { folder: reference });
      return this.accumulate(place, [], chain);
    }
    const file = readManifest(place, this.text(kustomization, reference, path));
    const bad = file.problems.find(
      ({ severity, id }) => severity === 'error' || id === 'manifest.notAnObject' || id === 'manifest.template',
    );
    if (bad) {
      this.notes.push({ id: 'kustomize.resource', kind: 'refused', file: place, line: bad.position.line, params: {} });
      throw new KustomizeRefusal(bad.id);
    }
    const last = file.segments.findLast(({ type }) => type === 'document');
    return file.segments.flatMap((segment) =>
      segment.type === 'raw'
        ? []
        : asWithoutLineEnd(segment, segment === last)
            .filter(({ object }) => isKubernetesObject(object))
            .map(({ object }) => {
              this.seenGroups.add(parseApiVersion(object.apiVersion).group);
              return newResource(object);
            }),
    );
  }

  /** Two resources of one id stop the build, as upstream's do. */
  private joined(
    current: readonly Resource[],
    more: readonly Resource[],
    kustomization: Kustomization,
    path: Path,
  ): readonly Resource[] {
    const keyOf = (resource: Resource): string => {
      const { group, version, kind } = gvkOf(resource.object);
      const id = currentId(resource);
      return `${group}/${version}/${kind}/${effectiveNamespace(resource, id)}/${id.name}`;
    };
    const seen = new Set(current.map(keyOf));
    for (const resource of more) {
      const key = keyOf(resource);
      const { kind, name } = currentId(resource);
      if (seen.has(key)) return refuseAt(kustomization, 'kustomize.conflict', path, { object: `${kind}/${name}` });
      seen.add(key);
    }
    if (current.length + more.length > MOST_OBJECTS)
      return refuseAt(kustomization, 'source.tooMany', path, { what: 'objects', limit: MOST_OBJECTS });
    return [...current, ...more];
  }
}

/**
 * kubectl ends a last line that has no end; kustomize does not, which shows in a block that a file ends in.
 */
function asWithoutLineEnd({ objects, text, format }: DocumentSegment, isLast: boolean): readonly ManifestObject[] {
  const path = isLast && format === 'yaml' && !text.endsWith('\n') ? openBlockAt(text) : undefined;
  if (!path) return objects;
  return objects.map((found) => {
    const inside = path.slice(found.path.length);
    const isHere = found.path.every((part, index) => part === path[index]);
    const value = isHere ? valueAt(found.object, ...inside) : undefined;
    if (typeof value !== 'string' || !value.endsWith('\n')) return found;
    return { ...found, object: withValue(found.object, inside, value.slice(0, -1)) as KubernetesObject };
  });
}

/** A URL, or a repository as kustomize understands one. */
function isRemote(reference: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|git::|(?:github|gitlab|bitbucket)\.(?:com|org)[/:])/i.test(reference);
}
