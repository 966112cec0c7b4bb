/** What a person reads in both languages. `${name}` stands for what the run gives. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}
