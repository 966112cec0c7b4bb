import type { CommandRefusalId } from '../design/commands/command.ts';
import type { FixId, FixNoteId } from '../design/fixes/fix.ts';
import type { LintId } from '../design/lints/lint-id.ts';
import type { ConfigurationProblemId } from '../design/lints/lint-configuration.ts';
import type { TemplateKey } from '../design/lints/templates/template-key.ts';
import type { ProblemId } from '../design/problem.ts';
import type { RefusalId } from '../kinds/field-edit.ts';
import type { ConnectionId } from '../kinds/kind.ts';
import type { ReferenceType } from '../kinds/reference.ts';
import type { ModelWordId } from '../lessons/models/picture.ts';
import type { LessonProblemId } from '../lessons/problem.ts';
import type { NoteId } from '../interchange/note.ts';
import type { EditRefusal } from '../manifest/edit.ts';
import type { ManifestProblemId } from '../manifest/manifest.ts';

/** Ids that lower layers give instead of sentences. A new id without a sentence does not compile, in either language. */
export type ManifestSentences = Readonly<Record<ManifestProblemId | EditRefusal, string>>;
export type ProblemSentences = Readonly<
  Record<Exclude<ProblemId, `lint.${LintId}` | `lint.custom.${TemplateKey}`>, string>
>;
export type FixSentences = Readonly<Record<`fix.${FixId}` | `note.${FixNoteId}`, string>>;
/** What a lint found, and why it matters. */
export type LintSentences = Readonly<Record<`lint.${LintId}` | `lint.${LintId}.why`, string>>;
/** What a question with parameters found. */
export type CustomLintSentences = Readonly<Record<`lint.custom.${TemplateKey}`, string>>;
/** Why a configuration of lints cannot be used as it is. */
export type LintConfigurationSentences = Readonly<Record<ConfigurationProblemId, string>>;
export type RefusalSentences = Readonly<Record<RefusalId | CommandRefusalId, string>>;
/** `.why` says what follows, where the sentence alone does not. */
export type ConnectionSentences = Readonly<
  Record<ConnectionId, string> & Partial<Record<`${ConnectionId}.why`, string>>
>;
export type ReferenceWords = Readonly<Record<ReferenceType, string>>;

/** What stands in the pictures of lessons that are told from a model. */
export type ModelWords = Readonly<Record<ModelWordId, string>>;

/** What is wrong with a lesson. */
export type LessonProblemSentences = Readonly<Record<LessonProblemId, string>>;

/** What an importer or exporter has to say of its work. */
export type NoteSentences = Readonly<Record<NoteId, string>>;

/**
 * The same sentences in another language. English has a form for one and a form for others; a language without a
 * singular leaves the first out.
 */
export type Translation<Sentences> = {
  readonly [Key in keyof Sentences as Key extends `${string}_one` ? never : Key]: string;
};
