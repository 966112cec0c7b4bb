import { DesignAdmission } from '../../design/admission/design-admission.ts';
import { findProblems } from '../../design/checks/index.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import type { Design, DesignRecord, RecordId } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { findLints } from '../../design/lints/find-lints.ts';
import type { OwnLints } from '../../design/lints/own-lints.ts';
import { ownLints, withOwnLints } from '../../design/lints/own-lints.ts';
import type { LintSwitches } from '../../design/lints/switches.ts';
import { NO_SWITCHES } from '../../design/lints/switches.ts';
import type { Problem } from '../../design/problem.ts';
import { recordLines } from '../../design/records.ts';
import { resolveReferences } from '../../design/resolve-references.ts';
import { judgeContextOf, preloadValidity, verdictOf } from '../../design/validity.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { judgeUpdate } from '../../kinds/judge-update.ts';
import type { Verdict, VerdictError } from '../../kinds/verdict.ts';
import type { ManifestFile, SourcePosition } from '../../manifest/manifest.ts';
import { FieldPositions } from './field-positions.ts';
import { OlderObjects } from './older-objects.ts';

/** One refused field, and where it stands. A missing field stands where its nearest parent does. */
export interface ValidationError extends SourcePosition {
  readonly field: string;
  readonly reason: string;
  readonly message: string;
}

/** One object and its verdict, in the order of the input. */
export interface ValidatedObject extends SourcePosition {
  /** Identity: `Deployment.apps/shop/web`. */
  readonly id: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly errors: readonly ValidationError[];
  /** Where its older form stands, against which it was judged. */
  readonly against?: { readonly file: string; readonly line: number };
}

export interface Validation {
  readonly design: Design;
  readonly lines: ReadonlyMap<RecordId, number>;
  readonly objects: readonly ValidatedObject[];
  /** What is wrong between objects; never makes one invalid. */
  readonly problems: readonly Problem[];
  /** What is wrong with what the design says about its lints. */
  readonly lintProblems: OwnLints['problems'];
}

export interface ValidationOptions {
  /** Minor of Kubernetes 1.x. */
  readonly release: number;
  /** Good practice that is asked for besides what the design asks for itself. */
  readonly lints?: LintSwitches | undefined;
  /** What a cluster runs: an object that is there too is judged as a change of it. */
  readonly against?: readonly ManifestFile[];
}

/** Judges every object of the files, each for itself, as an API server of the release would. */
export async function validateFiles(
  files: readonly ManifestFile[],
  { release, lints, against = [] }: ValidationOptions,
): Promise<Validation> {
  const design = addFiles(EMPTY_DESIGN, files, BUILT_IN_KINDS);
  const registry = designRegistry(design, BUILT_IN_KINDS);
  await preloadValidity(design, registry);
  const context = judgeContextOf(design, registry, release);
  const older = await OlderObjects.read(against);
  const lines = recordLines(design);
  const positions = new FieldPositions(design);
  const objects = [...design.records.values()].map((record): ValidatedObject => {
    const old = older.of(record);
    const repeated = positions.repeatedIn(record);
    const verdict = old
      ? judgeUpdate(record.object, old.object, context, { repeated })
      : verdictOf(record, context, repeated);
    const line = lines.get(record.id) ?? 1;
    const errors = verdict.errors.map((error) => located(error, record, positions));
    const judged = { id: record.identity, file: record.file, line, column: 1, verdict, errors };
    return old ? { ...judged, against: { file: old.file, line: old.line } } : judged;
  });
  const checked = { design, registry, graph: resolveReferences(design, registry), release };
  const refused = new DesignAdmission().problems(design, context);
  const own = ownLints(design);
  // Good practice is asked for on demand, by whoever asks or by the design itself.
  const asked = own.switches === undefined ? lints : withOwnLints(design, lints ?? NO_SWITCHES);
  const problems = findProblems(checked, [...refused, ...(asked ? findLints(checked, asked) : [])]);
  return { design, lines, objects, problems, lintProblems: own.problems };
}

function located(
  { path, field, reason, message }: VerdictError,
  record: DesignRecord,
  positions: FieldPositions,
): ValidationError {
  return { field, reason, message, ...positions.of(record, path) };
}
