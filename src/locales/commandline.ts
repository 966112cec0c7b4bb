import type { Note } from '../interchange/note.ts';
import { canvas as canvasEn } from './en/canvas.ts';
import { commandline as en } from './en/commandline.ts';
import { interchange as interchangeEn } from './en/interchange.ts';
import { manifest as manifestEn } from './en/manifest.ts';
import { problems as problemsEn } from './en/problems.ts';
import { references as referencesEn } from './en/references.ts';
import { fillSentence } from './fill.ts';
import { canvas as canvasZh } from './zh-CN/canvas.ts';
import { commandline as zhCN } from './zh-CN/commandline.ts';
import { interchange as interchangeZh } from './zh-CN/interchange.ts';
import { manifest as manifestZh } from './zh-CN/manifest.ts';
import { problems as problemsZh } from './zh-CN/problems.ts';
import { translateServerWords } from './zh-CN/server/index.ts';
import { references as referencesZh } from './zh-CN/references.ts';

type Params = Readonly<Record<string, string | number>>;

/** What the command line says, in one language. */
export interface CommandlineMessages {
  help(version: string): string;
  readonly noPath: string;
  readonly seeHelp: string;
  readonly nothing: string;
  readonly onePath: string;
  readonly twoPaths: string;
  compared(same: number, different: number): string;
  /** What an importer or exporter says. */
  note(note: Pick<Note, 'id' | 'params'>): string;
  unknownFormat(format: string, formats: string): string;
  unknownCommand(command: string): string;
  unreadable(reason: string): string;
  severalFiles(count: number): string;
  written(count: number, folder: string): string;
  manifestProblem(id: string, params: Params): string;
  problem(id: string, params: Params): string;
  /** A frame of a picture that has no title of its own. */
  frame(kind: 'namespace' | 'cluster' | 'node' | 'zone' | 'tray'): string;
  /** Why a problem of this id matters, where there is a sentence for it. */
  why(id: string): string | undefined;
  /** The API server's words; in another language a sentence before them, where there is one. */
  serverWords(words: string): string;
  unknownRelease(release: string, oldest: string, newest: string): string;
  unknownLint(word: string, groups: string): string;
  verdicts(counts: VerdictCounts): string;
  /** How far a long run is. */
  simulated(time: string, entries: number): string;
  stillMoves(time: string, moving: string): string;
  serving(address: string, kubeconfig: string): string;
  noScript(path: string): string;
  /** A script for `simulate` that says to run it many times. */
  isExperiment(path: string): string;
  readonly noSweep: string;
  /** How far an experiment is. */
  trialsDone(done: number, count: number): string;
  cancelled(done: number, count: number): string;
  trialFailed(index: string, message: string): string;
  noResult(path: string): string;
  otherExperiment(path: string): string;
  otherRow(index: number): string;
  missingTrials(count: number, first: string): string;
  ignoredNodes(parameter: string): string;
  notPriced(count: number): string;
  leastOf(size: string, nodes: number): string;
  leastCosts(size: string, perHour: string, perMonth: string): string;
  noneEnough(size: string, because: string): string;
  jobWritten(folder: string, name: string, shards: number): string;
  tooLargeForJob(path: string, bytes: number): string;
  scriptProblem(id: ScriptSentence, params: Params): string;
}

type ScriptSentence = Extract<keyof typeof en, `script.${string}`>;

/** How many objects were given, and what became of them. */
export interface VerdictCounts {
  readonly objects: number;
  readonly valid: number;
  readonly refused: number;
  readonly unknown: number;
}

/** The sentences for a locale as POSIX names it: `zh_CN.UTF-8`; English for every language but Chinese. */
export function commandlineMessages(locale: string): CommandlineMessages {
  const chinese = /^zh\b|^zh[_-]/i.test(locale);
  const own: Record<keyof typeof en, string> = chinese ? zhCN : en;
  const manifest: Readonly<Record<string, string>> = chinese ? manifestZh : manifestEn;
  const problems: Readonly<Record<string, string>> = chinese ? problemsZh : problemsEn;
  const references: Readonly<Record<string, string>> = chinese ? referencesZh : referencesEn;
  const say = (key: keyof typeof en, params: Params = {}): string => fillSentence(own[key], params);
  const sentenceOf = (area: Readonly<Record<string, string>>, id: string, params: Params): string =>
    Object.hasOwn(area, id) ? fillSentence(area[id]!, params) : id;
  return {
    help: (version) => say('help', { version }),
    noPath: say('noPath'),
    seeHelp: say('seeHelp'),
    nothing: say('nothing'),
    onePath: say('onePath'),
    twoPaths: say('twoPaths'),
    compared: (same, different) => say('compared', { same, different }),
    note: ({ id, params }) => fillSentence((chinese ? interchangeZh : interchangeEn)[id], params),
    unknownFormat: (format, formats) => say('unknownFormat', { format, formats }),
    unknownCommand: (command) => say('unknownCommand', { command }),
    unreadable: (reason) => say('unreadable', { reason }),
    severalFiles: (count) => say('severalFiles', { count }),
    written: (count, folder) => say('written', { count, folder }),
    unknownRelease: (release, oldest, newest) => say('unknownRelease', { release, oldest, newest }),
    unknownLint: (word, groups) => say('unknownLint', { word, groups }),
    frame: (kind) => (chinese ? canvasZh : canvasEn)[kind === 'tray' ? 'trayTitle' : kind],
    why: (id) => (Object.hasOwn(problems, `${id}.why`) ? problems[`${id}.why`] : undefined),
    simulated: (time, entries) => say('simulated', { time, entries }),
    stillMoves: (time, moving) => say('stillMoves', { time, moving }),
    serving: (address, kubeconfig) => say('serving', { address, kubeconfig }),
    noScript: (path) => say('noScript', { path }),
    isExperiment: (path) => say('isExperiment', { path }),
    noSweep: say('noSweep'),
    trialsDone: (done, count) => say('trialsDone', { done, count }),
    cancelled: (done, count) => say('cancelled', { done, count }),
    trialFailed: (index, message) => say('trialFailed', { index, message }),
    noResult: (path) => say('noResult', { path }),
    otherExperiment: (path) => say('otherExperiment', { path }),
    otherRow: (index) => say('otherRow', { index }),
    missingTrials: (count, first) => say('missingTrials', { count, first }),
    ignoredNodes: (parameter) => say('ignoredNodes', { parameter }),
    notPriced: (count) => say('notPriced', { count }),
    leastOf: (size, nodes) => say('leastOf', { size, nodes }),
    leastCosts: (size, perHour, perMonth) => say('leastCosts', { size, perHour, perMonth }),
    noneEnough: (size, because) => say('noneEnough', { size, because }),
    jobWritten: (folder, name, shards) => say('jobWritten', { folder, name, shards }),
    tooLargeForJob: (path, bytes) => say('tooLargeForJob', { path, bytes }),
    scriptProblem: (id, params) => say(id, params),
    verdicts: (counts) => say('verdicts', { ...counts }),
    serverWords: (words) => {
      const translated = chinese ? translateServerWords(words) : undefined;
      return translated === undefined ? words : say('serverWords', { translated, words });
    },
    manifestProblem: (id, params) => sentenceOf(manifest, id, params),
    problem: (id, params) => {
      const type = params['type'];
      const worded =
        typeof type === 'string' && Object.hasOwn(references, type) ? { ...params, type: references[type]! } : params;
      return sentenceOf(problems, id, worded);
    },
  };
}
