/** What somebody does with a text in an editor, as a script gives it: the whole text, or pieces of it and what they become. */
export interface TextEdit {
  readonly text?: string;
  /** Each key is replaced by its value wherever it stands; one that stands nowhere changes nothing. */
  readonly replace?: Readonly<Record<string, string>>;
  /** How long it takes, in milliseconds of the run; 0 where left out. */
  readonly takesMs?: number;
}

export function editedText(given: string, { text = given, replace = {} }: TextEdit): string {
  return Object.entries(replace).reduce((changed, [from, to]) => changed.split(from).join(to), text);
}
