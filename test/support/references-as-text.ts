import { formatFieldPath } from '../../src/apimachinery/field-path.ts';
import { EMPTY_DESIGN } from '../../src/design/design.ts';
import type { Design } from '../../src/design/design.ts';
import type { ReferenceGraph, ResolvedReference } from '../../src/design/graph.ts';
import { addFiles, designRegistry } from '../../src/design/import.ts';
import { resolveReferences } from '../../src/design/resolve-references.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import type { KindRegistry } from '../../src/kinds/registry.ts';
import { readManifest } from '../../src/manifest/read.ts';

export interface Resolved {
  readonly design: Design;
  readonly registry: KindRegistry;
  readonly graph: ReferenceGraph;
}

/** A design of files, by path, with everything in it that points at something. */
export function resolveFiles(files: Readonly<Record<string, string | Uint8Array>>): Resolved {
  const read = Object.entries(files).map(([path, content]) => readManifest(path, content));
  const design = addFiles(EMPTY_DESIGN, read, BUILT_IN_KINDS);
  const registry = designRegistry(design, BUILT_IN_KINDS);
  return { design, registry, graph: resolveReferences(design, registry) };
}

/** A line for each reference: `Service/shop/web serviceSelector spec.selector -> Deployment.apps/shop/web`. */
export function referencesAsText(files: Readonly<Record<string, string | Uint8Array>>): readonly string[] {
  const { design, graph } = resolveFiles(files);
  return graph.references.map((reference) => {
    const { type, field, key, port, optional } = reference.declaration;
    const words = [
      design.records.get(reference.from)!.identity,
      type,
      formatFieldPath(field),
      '->',
      targetText(design, reference),
      ...(port === undefined ? [] : [`:${port}`]),
      ...(key === undefined ? [] : [`key=${key}`]),
      ...(optional === true ? ['optional'] : []),
    ];
    return words.join(' ');
  });
}

function targetText(
  design: Design,
  { to, toIdentity, resolved, because, maker, declaration }: ResolvedReference,
): string {
  const { target } = declaration;
  if (to !== null) return design.records.get(to)!.identity;
  if (target.by === 'external') return `${target.what} ${target.value}`;
  if (toIdentity === null) return 'nothing';
  if (maker !== undefined) return `${toIdentity} made by ${design.records.get(maker)!.identity}`;
  if (because === 'provided') return `${toIdentity} provided`;
  return resolved ? `${toIdentity} resolved` : `${toIdentity} missing`;
}
