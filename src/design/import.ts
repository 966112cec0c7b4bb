import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { genericDefinition } from '../kinds/generic.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { extendKindRegistry } from '../kinds/registry.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { ManifestFile } from '../manifest/manifest.ts';
import { DesignBuilder } from './design-builder.ts';
import { withLayouts } from './file-layout.ts';
import { makeRecord } from './records.ts';
import type { Design } from './design.ts';

/** How an object brings kinds, if its kind does. */
type KindsOf = (object: KubernetesObject) => KindDefinition['definesKinds'];

/** Remembers the answer for each apiVersion and kind: ten thousand objects are of a few dozen. */
export function kindsBroughtBy(builtIn: KindRegistry): KindsOf {
  const known = new Map<string, Map<string, KindDefinition['definesKinds']>>();
  return (object) => {
    let byKind = known.get(object.apiVersion);
    if (!byKind) known.set(object.apiVersion, (byKind = new Map()));
    if (!byKind.has(object.kind)) byKind.set(object.kind, builtIn.find(groupVersionKindOf(object))?.definesKinds);
    return byKind.get(object.kind);
  };
}

/** The built-in kinds and those that the design's own CustomResourceDefinitions bring. */
export function registryFor(objects: Iterable<KubernetesObject>, builtIn: KindRegistry): KindRegistry {
  const brought: KindDefinition[] = [];
  const bringing = kindsBroughtBy(builtIn);
  for (const object of objects) {
    const definesKinds = bringing(object);
    if (definesKinds) brought.push(...definesKinds(object));
  }
  return extendKindRegistry(builtIn, brought, genericDefinition);
}

export function designRegistry(design: Design, builtIn: KindRegistry): KindRegistry {
  return registryFor(objectsOf(design), builtIn);
}

function* objectsOf(design: Design): Iterable<KubernetesObject> {
  for (const record of design.records.values()) yield record.object;
}

/**
 * Adds files to a design. A path that is already there gets a number, `web (2).yaml`: nothing that was there is
 * replaced. `idPrefix` keeps the names of new records apart from those given elsewhere meanwhile. Records of kinds that the new files define (or stop being unknown) are placed by their real scope.
 */
export function addFiles(design: Design, files: readonly ManifestFile[], builtIn: KindRegistry, idPrefix = ''): Design {
  const registry = registryFor(allObjects(design, files), builtIn);
  const builder = new DesignBuilder(design, registry, idPrefix);
  const paths = new Set(design.files.keys());
  for (const file of files) {
    const path = freePath(file.path, paths);
    paths.add(path);
    builder.takeFile(path === file.path ? file : { ...file, path });
  }
  const added = new Set([...paths].filter((path) => !design.files.has(path)));
  return withLayouts(design, rescope(builder.design, registry), added);
}

function* allObjects(design: Design, files: readonly ManifestFile[]): Iterable<KubernetesObject> {
  yield* objectsOf(design);
  for (const file of files) {
    for (const segment of file.segments) {
      if (segment.type === 'document') for (const { object } of segment.objects) yield object;
    }
  }
}

export function freePath(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const dot = wanted.lastIndexOf('.');
  const [stem, ending] = dot > wanted.lastIndexOf('/') + 1 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
  for (let number = 2; ; number++) {
    const path = `${stem} (${number})${ending}`;
    if (!taken.has(path)) return path;
  }
}

/** Says again where records live after the registry has changed; records that stay where they were stay the same value. */
export function rescope(design: Design, registry: KindRegistry): Design {
  const builder = new DesignBuilder(design, registry);
  for (const record of design.records.values()) {
    const again = makeRecord(record.id, record, record, registry);
    if (again.identity !== record.identity || again.namespace !== record.namespace) builder.setRecord(again);
  }
  return builder.design;
}
