import { createStore } from 'zustand/vanilla';
import { arrayAt, isJsonObject, objectAt, stringAt } from '../base/json.ts';
import type { JsonValue } from '../base/json.ts';
import type { CustomCheck } from '../design/lints/custom-check.ts';
import type { LintSwitches } from '../design/lints/switches.ts';
import { PINNED_RELEASE, TARGET_RELEASES } from '../openapi/resource.ts';
import type { RunNetwork } from '../workspace/simulation/run-network.ts';
import { readNetwork } from './simulation/network/network-choices.ts';
import { keepWord, readWord } from '../workspace/saving/person-memory.ts';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
/** The language that a word such as `zh`, `zh-TW` or `en` asks for; undefined for another. */
export function languageOf(word: string): Language | undefined {
  return LANGUAGES.find((known) => known.split('-')[0] === word.split('-')[0]);
}

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const DETAILS = ['story', 'standard', 'full'] as const;
/** How many steps of a run are told. */
export type DetailLevel = (typeof DETAILS)[number];
export const CAPTIONS = ['one', 'both', 'none'] as const;
/** Whether steps have captions, and in one language or both. */
export type Captions = (typeof CAPTIONS)[number];

/** What the page remembers about the person and not about the design. Sizes in CSS pixels. */
export interface Settings {
  readonly language: Language;
  readonly theme: Theme;
  readonly paletteWidth: number;
  /** undefined until the person folds or opens it: open where there is room. */
  readonly paletteOpen: boolean | undefined;
  /** Ids of palette items, newest first. */
  readonly paletteRecent: readonly string[];
  readonly paletteFavourites: readonly string[];
  /** Groups of the palette that are folded. */
  readonly paletteFolded: readonly string[];
  readonly inspectorWidth: number;
  readonly inspectorOpen: boolean;
  readonly dockHeight: number;
  /** undefined until the person opens or closes it. */
  readonly dockOpen: boolean | undefined;
  readonly exportLayout: boolean;
  readonly lints: LintSwitches;
  /** The text from which the checks of a person's own were read; '' where there are none. */
  readonly lintConfiguration: string;
  /** Minor of the Kubernetes 1.x that designs are meant for. */
  readonly release: number;
  readonly detail: DetailLevel;
  readonly captions: Captions;
  /** What the network of the next run is like. */
  readonly runNetwork: RunNetwork;
}

const KEY = 'settings';

export const settings = createStore<Settings>(() => readSettings());

/** Changes settings and remembers them. */
export function changeSettings(change: Partial<Settings>): void {
  settings.setState(change);
  keepWord(KEY, JSON.stringify(settings.getState()));
}

function readSettings(): Settings {
  const stored = storedSettings();
  return {
    language: oneOf(LANGUAGES, stored['language'], preferredLanguage()),
    theme: oneOf(THEMES, stored['theme'], 'system'),
    paletteWidth: size(stored['paletteWidth'], 224),
    paletteOpen: typeof stored['paletteOpen'] === 'boolean' ? stored['paletteOpen'] : undefined,
    paletteRecent: words(stored['paletteRecent']),
    paletteFavourites: words(stored['paletteFavourites']),
    paletteFolded: words(stored['paletteFolded']),
    inspectorWidth: size(stored['inspectorWidth'], 336),
    inspectorOpen: stored['inspectorOpen'] !== false,
    dockHeight: size(stored['dockHeight'], 184),
    dockOpen: typeof stored['dockOpen'] === 'boolean' ? stored['dockOpen'] : undefined,
    exportLayout: stored['exportLayout'] !== false,
    lints: switches(stored['lints']),
    lintConfiguration: typeof stored['lintConfiguration'] === 'string' ? stored['lintConfiguration'] : '',
    release: oneOf(TARGET_RELEASES, stored['release'], PINNED_RELEASE),
    detail: oneOf(DETAILS, stored['detail'], 'story'),
    captions: oneOf(CAPTIONS, stored['captions'], 'one'),
    runNetwork: readNetwork(stored['runNetwork']),
  };
}

function oneOf<Value extends string | number>(values: readonly Value[], value: unknown, otherwise: Value): Value {
  return values.find((known) => known === value) ?? otherwise;
}

function size(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 80 && value <= 2000 ? value : otherwise;
}

function words(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((word): word is string => typeof word === 'string') : [];
}

function switches(value: unknown): LintSwitches {
  if (!isJsonObject(value)) return { on: [], off: [] };
  const checks = arrayAt(value, 'checks').flatMap((check) => customCheck(check) ?? []);
  return { on: words(value['on']), off: words(value['off']), ...(checks.length > 0 && { checks }) };
}

function customCheck(value: JsonValue): CustomCheck | undefined {
  const [name, template, description] = ['name', 'template', 'description'].map((key) => stringAt(value, key));
  if (name === undefined || template === undefined) return undefined;
  const kinds = arrayAt(value, 'kinds').filter((kind): kind is string => typeof kind === 'string');
  const params = objectAt(value, 'params') ?? {};
  return {
    name,
    template,
    params,
    ...(description !== undefined && { description }),
    ...(kinds.length > 0 && { kinds }),
  };
}

function storedSettings(): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readWord(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function preferredLanguage(): Language {
  // Without a page, as where the packer of files is tried, nobody prefers anything.
  const languages = typeof navigator === 'undefined' ? [] : navigator.languages;
  return languages.some((language) => language.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en';
}
