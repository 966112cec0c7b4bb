/** A word of the picture: a name as it is written on the machine, or the id of a sentence with what it names. */
export type Words = string | (Readonly<Record<string, string | number>> & { readonly id: ModelWordId });

/** What is drawn of a model: parts in parts, as they stand at one step. Plain data; who draws decides how. */
export interface Part {
  /** Steps name it as their sender or receiver; unique in the picture. */
  readonly id: string;
  readonly role: PartRole;
  readonly title: Words;
  readonly note?: Words;
  readonly tone?: Tone;
  readonly bars?: readonly Bar[];
  readonly chips?: readonly Chip[];
  readonly rows?: readonly Row[];
  readonly code?: readonly CodeLine[];
  /** Beside one another, or beneath; beside where left out. */
  readonly flow?: 'row' | 'column';
  readonly parts?: readonly Part[];
}

export type Tone = 'good' | 'warn' | 'bad' | 'off' | 'new';

export const PART_ROLES = [
  'area',
  'person',
  'server',
  'hardware',
  'hypervisor',
  'kernel',
  'vm',
  'process',
  'container',
  'daemon',
  'registry',
  'image',
  'layer',
  'file',
  'volume',
  'network',
  'cgroup',
  'traffic',
  'provider',
  'money',
] as const;
export type PartRole = (typeof PART_ROLES)[number];

/** How a whole is shared out, in one unit. */
export interface Bar {
  readonly label: Words;
  readonly total: number;
  readonly unit: string;
  readonly pieces: readonly { readonly label: Words; readonly value: number; readonly tone?: Tone | 'plain' }[];
}

export interface Chip {
  readonly label: string;
  readonly isOn: boolean;
}

export interface Row {
  readonly label: Words;
  readonly value: Words;
  readonly tone?: Tone;
}

export interface CodeLine {
  readonly text: string;
  readonly tone?: Tone;
  /** Beside the line: `CACHED`, `12 MB`. */
  readonly mark?: Words;
}

/** Sentences of the pictures; each stands in `locales` in every language. */
export const MODEL_WORDS = [
  'byHand',
  'byImage',
  'operator',
  'builder',
  'registry',
  'loadBalancer',
  'distinct',
  'healthy',
  'unhealthy',
  'starting',
] as const;
export type ModelWordId = (typeof MODEL_WORDS)[number];
