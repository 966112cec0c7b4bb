import { nameOf } from '../../apimachinery/object.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { readManifest } from '../../manifest/read.ts';
import { findProblems } from '../checks/index.ts';
import type { CommandContext } from '../commands/command.ts';
import { EMPTY_DESIGN } from '../design.ts';
import type { Design, DesignRecord } from '../design.ts';
import { addFiles, designRegistry } from '../import.ts';
import type { Problem } from '../problem.ts';
import { resolveReferences } from '../resolve-references.ts';

/** A design of files given as texts: one text is `design.yaml`. */
export function designOf(files: string | Readonly<Record<string, string>>): Design {
  const texts = typeof files === 'string' ? { 'design.yaml': files } : files;
  const read = Object.entries(texts).map(([path, text]) => readManifest(path, text));
  return addFiles(EMPTY_DESIGN, read, BUILT_IN_KINDS);
}

/** A design with everything a command asks for. */
export function contextOf(design: Design): CommandContext {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  return { design, registry, graph: resolveReferences(design, registry) };
}

export function problemsOf(files: Parameters<typeof designOf>[0]): readonly Problem[] {
  return findProblems(contextOf(designOf(files)));
}

/** The first record with that kind and name: `Deployment/web`. */
export function recordNamed(design: Design, kindAndName: string): DesignRecord {
  const [kind, name] = kindAndName.split('/');
  for (const record of design.records.values()) {
    if (record.object.kind === kind && nameOf(record.object) === name) return record;
  }
  throw new Error(`no ${kindAndName} in the design`);
}

/** The lines in which two texts differ: `-` old, `+` new. Good enough for edits that keep all other lines. */
export function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return [
    ...old.slice(start, old.length - end).map((line) => `-${line}`),
    ...now.slice(start, now.length - end).map((line) => `+${line}`),
  ];
}
