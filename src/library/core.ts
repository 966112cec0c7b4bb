import { nameOf } from '../apimachinery/object.ts';
import { problemEntry } from '../commandline/problem-entry.ts';
import { referenceEntry } from '../commandline/reference-entry.ts';
import { validateFiles } from '../commandline/validate/validation.ts';
import { findProblems } from '../design/checks/index.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design } from '../design/design.ts';
import { exportDesign } from '../design/export.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import { NO_SWITCHES } from '../design/lints/switches.ts';
import { recordLines } from '../design/records.ts';
import { resolveReferences } from '../design/resolve-references.ts';
import { compareFiles } from '../interchange/compare/compare-files.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { commandlineMessages } from '../locales/commandline.ts';
import type { ManifestFile } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import type {
  CompareResult,
  ExportOptions,
  Language,
  ReadResult,
  ReferencesResult,
  SimulateOptions,
  SimulateResult,
  ValidateOptions,
  ValidateResult,
} from './core-types.ts';
import type { DesignFile } from './design-file.ts';

const read = (files: readonly DesignFile[]): readonly ManifestFile[] =>
  files.map(({ path, content }) => readManifest(path, content));
const designOf = (files: readonly ManifestFile[]): Design => addFiles(EMPTY_DESIGN, files, BUILT_IN_KINDS);
/** Locales as the command line names them. */
const messagesIn = (language: Language = 'en') => commandlineMessages(language);

/** The objects of files as kubectl reads them, in order; what cannot be read is named and never thrown. */
export function readManifests(files: readonly DesignFile[]): ReadResult {
  const manifests = read(files);
  const design = designOf(manifests);
  const lines = recordLines(design);
  const messages = messagesIn();
  const objects = [...design.records.values()].map(({ id, identity, object, namespace, file }) => ({
    id: identity,
    kind: object.kind,
    apiVersion: object.apiVersion,
    namespace,
    name: nameOf(object),
    file,
    line: lines.get(id) ?? 1,
    object,
  }));
  const unread = manifests.flatMap(({ path, problems }) =>
    problems
      .filter(({ severity }) => severity === 'error')
      .map(({ id, position, params }) => ({ file: path, ...position, message: messages.manifestProblem(id, params) })),
  );
  return { objects, unread };
}

/** What points at what, and what is wrong between the objects. */
export function findReferences(files: readonly DesignFile[], language?: Language): ReferencesResult {
  const design = designOf(read(files));
  const registry = designRegistry(design, BUILT_IN_KINDS);
  const graph = resolveReferences(design, registry);
  const lines = recordLines(design);
  const io = { messages: messagesIn(language) };
  return {
    references: graph.references.map((reference) => referenceEntry(reference, design)),
    problems: findProblems({ design, graph, registry }).map((problem) => problemEntry(problem, design, lines, io)),
  };
}

/** What an API server would say of each object, alone, with the object as it would be stored; and what is wrong between them. */
export async function validate(
  files: readonly DesignFile[],
  { release = PINNED_RELEASE, lints = false, language }: ValidateOptions = {},
): Promise<ValidateResult> {
  const { design, lines, objects, problems } = await validateFiles(read(files), {
    release,
    lints: lints ? NO_SWITCHES : undefined,
  });
  const io = { messages: messagesIn(language) };
  return {
    objects: objects.map(({ id, file, line, verdict, errors }) => {
      const { valid, code, reason, message, warnings, stored } = verdict;
      return { id, file, line, valid, code, reason, message, errors, warnings, stored };
    }),
    problems: problems.map((problem) => problemEntry(problem, design, lines, io)),
  };
}

/** The files as Drydock saves them: untouched text comes back byte for byte. */
export function exportManifests(
  files: readonly DesignFile[],
  { layout = 'keep' }: ExportOptions = {},
): readonly DesignFile[] {
  return exportDesign(designOf(read(files)), layout);
}

/** What differs between two designs, or a design and a dump of a cluster, field by field; a default left out is no difference. */
export async function compare(before: readonly DesignFile[], after: readonly DesignFile[]): Promise<CompareResult> {
  const { differences, same } = await compareFiles(read(before), read(after), BUILT_IN_KINDS);
  return { differences, same };
}

/**
 * Plays the files through a simulated cluster. The run itself is synchronous and may take seconds: `startCore` does it in a
 * thread of its own. Throws where the script cannot be read.
 */
export async function simulate(files: readonly DesignFile[], options: SimulateOptions = {}): Promise<SimulateResult> {
  // Who reads manifests only has no cluster loaded.
  const { playFiles } = await import('./play-files.ts');
  return playFiles(files, options);
}
