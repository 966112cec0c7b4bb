/** What can be wrong with a lesson. The locales have a sentence for each, which the parameters fill. */
export type LessonProblemId =
  | 'lesson.unknownField' // known
  | 'lesson.noObject'
  | 'lesson.noList'
  | 'lesson.noText'
  | 'lesson.noNumber'
  | 'lesson.noneOf' // known
  | 'lesson.noDuration'
  | 'lesson.notTrue'
  | 'lesson.missing'
  | 'lesson.nothingToChoose'
  | 'lesson.twice' // name
  | 'lesson.noChapter' // name
  | 'lesson.noStepBefore' // name
  | 'lesson.noStory' // name
  | 'lesson.noStep' // name
  | 'lesson.noQuestion' // name
  | 'lesson.noSteps'
  | 'lesson.untold.en'
  | 'lesson.untold.zh'
  // What shows only when it is played.
  | 'lesson.notInRun'
  | 'lesson.noValue' // name, reason
  | 'lesson.unknownName' // name
  | 'lesson.noAnswer' // reason
  | 'lesson.notAmong'; // answer

/** Something in the file of a lesson that cannot be used. */
export interface LessonProblem {
  /** `steps[3].caption.zh`. */
  readonly field: string;
  readonly id: LessonProblemId;
  readonly params: Readonly<Record<string, string>>;
  /** It can be taught all the same: something is not said in one of the two languages. */
  readonly isGap?: true;
}
