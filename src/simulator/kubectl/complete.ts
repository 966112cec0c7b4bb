import type { KubernetesObject } from '../../apimachinery/object.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import { resourcesNamed } from '../../openapi/resource-name.ts';
import { BUILT_IN } from '../apiserver/served-resources.ts';
import type { KubectlCommand } from './command.ts';
import { COMMANDS } from './commands.ts';

/** What can stand at the end of a line. */
export interface Completion {
  /** Where in the line the word begins that a candidate takes the place of. */
  readonly from: number;
  /** Whole words, in order. */
  readonly candidates: readonly string[];
}

/** Most candidates that are offered. */
const MOST = 200;

/**
 * Completes the last word of a line as the completion of kubectl's shell scripts does: commands, resources, names, flags
 * and the values of those flags that name something. `line` does not begin with `kubectl`; `files`: what `-f` can name.
 * Source: staging/src/k8s.io/kubectl/pkg/util/completion/completion.go, 1.36.
 */
export function completeLine(
  line: string,
  objects: readonly KubernetesObject[],
  files: readonly string[] = [],
): Completion {
  const from = line.lastIndexOf(' ') + 1;
  const word = line.slice(from);
  const before = line.slice(0, from).split(/\s+/).filter(Boolean);
  const found = candidatesOf(before, word, objects, files);
  const candidates = [...new Set(found)].filter((candidate) => candidate.startsWith(word)).slice(0, MOST);
  return { from, candidates };
}

function candidatesOf(
  before: readonly string[],
  word: string,
  objects: readonly KubernetesObject[],
  files: readonly string[],
): readonly string[] {
  const command = commandOf(before);
  if (command === undefined) return nextWords(before);
  const length = command.name.split(' ').length;
  const valued = valueOf(command, before.at(-1), objects, files);
  if (valued !== undefined) return valued;
  if (word.startsWith('-')) return flagsOf(command, word, before);
  const positionals = positionalsOf(command, before.slice(length));
  const named = argumentsOf(command.name, positionals, word, namespaceIn(before), objects);
  // `rollout` alone is no command of its own, but `create` is one and the first word of others.
  return positionals.length === 0 ? [...named, ...nextWords(before)] : named;
}

function commandOf(before: readonly string[]): KubectlCommand | undefined {
  for (const length of [3, 2, 1]) {
    const name = before.slice(0, length).join(' ');
    const found = before.length >= length ? COMMANDS.find((command) => command.name === name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Words with which the name of a command goes on. */
function nextWords(before: readonly string[]): readonly string[] {
  return COMMANDS.map(({ name }) => name.split(' '))
    .filter((words) => words.length > before.length && before.every((word, at) => words[at] === word))
    .map((words) => words[before.length]!)
    .toSorted(compareStrings);
}

function flagsOf({ flags }: KubectlCommand, word: string, before: readonly string[]): readonly string[] {
  const names = Object.entries(flags).map(([name, { type, bare }]) =>
    type === 'switch' || bare !== undefined ? `--${name}` : `--${name}=`,
  );
  const isThere = (name: string): boolean => before.some((given) => given.startsWith(name));
  const [flag, value] = word.split('=');
  if (value !== undefined) return (FLAG_VALUES[flag!.slice(2)] ?? []).map((one) => `${flag}=${one}`);
  return names.filter((name) => !isThere(name)).toSorted(compareStrings);
}

const FLAG_VALUES: Readonly<Record<string, readonly string[]>> = {
  output: ['json', 'name', 'wide', 'yaml'],
  'dry-run': ['client', 'none', 'server'],
  cascade: ['background', 'foreground', 'orphan'],
};

/** Values of the flag that stands before the word; undefined where none does that wants one. */
function valueOf(
  { flags }: KubectlCommand,
  flag: string | undefined,
  objects: readonly KubernetesObject[],
  files: readonly string[],
): readonly string[] | undefined {
  if (flag === undefined || !flag.startsWith('-') || flag.includes('=')) return undefined;
  const name = flag.startsWith('--')
    ? flag.slice(2)
    : Object.entries(flags).find(([, { short }]) => `-${short ?? ''}` === flag)?.[0];
  const spec = name !== undefined && Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (name === undefined || spec === undefined || spec.type === 'switch' || spec.bare !== undefined) return undefined;
  if (name === 'namespace') return namesOf('namespaces', undefined, objects);
  return name === 'filename' ? files : (FLAG_VALUES[name] ?? []);
}

/** Words that are neither flags nor values of them. */
function positionalsOf({ flags }: KubectlCommand, args: readonly string[]): readonly string[] {
  const positionals: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (!arg.startsWith('-')) positionals.push(arg);
    else if (!arg.includes('=')) {
      const spec = Object.entries(flags).find(([name, { short }]) => arg === `--${name}` || arg === `-${short ?? ''}`);
      if (spec !== undefined && spec[1].type !== 'switch' && spec[1].bare === undefined) at++;
    }
  }
  return positionals;
}

function namespaceIn(before: readonly string[]): string | undefined {
  if (before.some((word) => word === '-A' || word === '--all-namespaces')) return undefined;
  const at = before.findIndex((word) => word === '-n' || word === '--namespace');
  const joined = before.find((word) => word.startsWith('--namespace='))?.slice('--namespace='.length);
  return joined ?? (at < 0 ? 'default' : (before[at + 1] ?? 'default'));
}

/** Commands whose words are names of one resource. */
const OF_ONE: Readonly<Record<string, string>> = {
  logs: 'pods',
  exec: 'pods',
  cordon: 'nodes',
  uncordon: 'nodes',
  drain: 'nodes',
  'top pod': 'pods',
  'top pods': 'pods',
  'top node': 'nodes',
  'top nodes': 'nodes',
};
/** Commands that take no names of objects that are there. */
const OF_NONE = /^(?:apply|create|replace|diff|run|events|api-resources|version|cluster-info|auth)\b/;
const ROLLING = ['daemonsets', 'deployments', 'statefulsets'];
const SCALED = ['deployments', 'replicasets', 'replicationcontrollers', 'statefulsets'];

function argumentsOf(
  command: string,
  positionals: readonly string[],
  word: string,
  namespace: string | undefined,
  objects: readonly KubernetesObject[],
): readonly string[] {
  const own = Object.hasOwn(OF_ONE, command) ? OF_ONE[command] : undefined;
  if (own !== undefined)
    return command === 'exec' && positionals.length > 0 ? [] : namesOf(own, namespace, objects).filter(isNew);
  if (OF_NONE.test(command)) return [];
  const [slash] = word.split('/');
  if (word.includes('/')) return namesOf(slash!, namespace, objects).map((name) => `${slash!}/${name}`);
  const [resource] = positionals;
  if (resource === undefined) return resourceWords(command);
  return resource.includes('/') || command === 'explain' ? [] : namesOf(resource, namespace, objects).filter(isNew);

  function isNew(name: string): boolean {
    return !positionals.includes(name);
  }
}

function resourceWords(command: string): readonly string[] {
  if (command.startsWith('rollout')) return ROLLING;
  if (command === 'scale' || command === 'autoscale') return SCALED;
  if (command === 'taint') return ['nodes'];
  return BUILT_IN.map(({ qualified, plural }) =>
    qualified.includes('.') && isShared(plural) ? qualified : plural,
  ).toSorted(compareStrings);
}

/** Whether two groups have a resource of that name. */
function isShared(plural: string): boolean {
  return BUILT_IN.filter((resource) => resource.plural === plural).length > 1;
}

/** Names of the objects that a word for a resource means; where no namespace is given, of all. */
function namesOf(word: string, namespace: string | undefined, objects: readonly KubernetesObject[]): readonly string[] {
  const [resource] = resourcesNamed(word);
  const isIt = (object: KubernetesObject): boolean => {
    const { group, kind } = groupVersionKindOf(object);
    if (resource === undefined) return kind.toLowerCase() === word || `${kind.toLowerCase()}s` === word;
    return group === resource.group && kind === resource.kind;
  };
  return objects
    .filter(isIt)
    .filter((object) => namespace === undefined || [undefined, namespace].includes(namespaceOf(object)))
    .map(nameOf)
    .toSorted(compareStrings);
}
