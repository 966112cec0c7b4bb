/**
 * Reading any YAML: the `yaml` library parses, and this walk gives the tree the values that kubectl gives it: scalars,
 * keys, merges in the order they stand, and go-yaml's bound on aliases.
 * Source: vendor/go.yaml.in/yaml/v2/decode.go, 1.36.
 *
 * The fast reader answers for nearly every manifest; this one is for what that one leaves: anchors, tags, complex keys,
 * and texts with an error, whose message and position come from here.
 */
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { JsonValue } from '../base/json.ts';
import { Marks, MAX_DEPTH, ReadError, failure, setOwn } from './reading.ts';
import type { MutableMap, Reading, ReadingFailure } from './reading.ts';
import { ScalarError, keyOf, resolvePlain, resolveTagged } from './scalar.ts';
import { parseTree } from './tree-parse.ts';
import { checkText } from './tree-text.ts';

/** Reads `text`, one document without separator lines; no error is looked for before `soundUntil`. */
export function readTree(text: string, soundUntil = 0): Reading | ReadingFailure {
  try {
    checkText(text);
    const root = parseTree(text, false, soundUntil);
    if (root === null) return { ok: true, value: null, start: 0, end: text.length, marks: new Marks() };
    const walk = new TreeWalk(bindAliases(root));
    const value = walk.value(root, '', 0);
    return { ok: true, value, start: root.range?.[0] ?? 0, end: root.range?.[1] ?? text.length, marks: walk.marks };
  } catch (error) {
    // Errors at the very end are told at the last character that is there.
    const failed = failure(error, 0);
    return { ...failed, offset: Math.min(failed.offset, text.trimEnd().length) };
  }
}

/** For each alias the node it stands for: the last one before it that has its anchor. */
function bindAliases(root: Node): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const bound = new Map<Alias, Node>();
  const visit = (node: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) throw new ReadError(0, 'nesting', 'manifest.excessive');
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) throw new ReadError(offsetOf(node), `unknown anchor '${node.source}' referenced`);
      bound.set(node, target);
      return;
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return;
    for (const item of node.items) {
      if (isPair(item)) {
        visit(item.key, depth + 1);
        visit(item.value, depth + 1);
      } else visit(item, depth + 1);
    }
  };
  visit(root, 0);
  return bound;
}

function offsetOf(node: unknown): number {
  return (isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)) && node.range ? node.range[0] : 0;
}

/** Whether a key is `<<` as go-yaml takes it: written plain, or tagged !!merge. */
export function isMergeKey(key: unknown): key is Scalar {
  if (!isScalar(key) || key.value !== '<<') return false;
  return key.tag === 'tag:yaml.org,2002:merge' || (key.type === 'PLAIN' && key.tag === undefined);
}

/** The value of a scalar node, or why it has none. */
export function scalarValue(node: Scalar): JsonValue | ScalarError {
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  if (node.tag !== undefined) return resolveTagged(node.tag, text);
  return node.type === 'PLAIN' ? resolvePlain(text) : text;
}

class TreeWalk {
  readonly marks = new Marks();
  private readonly bound: ReadonlyMap<Alias, Node>;
  private readonly open = new Set<Alias>();
  private readonly budget = new AliasBudget();
  private aliasDepth = 0;

  constructor(bound: ReadonlyMap<Alias, Node>) {
    this.bound = bound;
  }

  value(node: unknown, key: string, depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw new ReadError(offsetOf(node), 'nesting', 'manifest.excessive');
    this.budget.spend(this.aliasDepth > 0, offsetOf(node));
    if (isAlias(node)) return this.throughAlias(node, (target) => this.value(target, key, depth + 1));
    if (isMap(node)) return this.map(node, depth);
    if (isSeq(node)) return this.list(node, key, depth);
    return isScalar(node) ? this.scalar(node) : null;
  }

  private throughAlias<T>(alias: Alias, read: (target: Node) => T): T {
    const target = this.bound.get(alias);
    if (!target) throw new ReadError(offsetOf(alias), `unknown anchor '${alias.source}' referenced`);
    if (this.open.has(alias)) throw new ReadError(offsetOf(alias), `anchor '${alias.source}' value contains itself`);
    this.open.add(alias);
    this.aliasDepth++;
    const value = read(target);
    this.aliasDepth--;
    this.open.delete(alias);
    return value;
  }

  private scalar(node: Scalar): JsonValue {
    const value = scalarValue(node);
    if (value instanceof ScalarError) throw new ReadError(offsetOf(node), value.message);
    return value;
  }

  private list(node: YAMLSeq, key: string, depth: number): JsonValue {
    const list: JsonValue[] = [];
    if (key === 'items') this.marks.items.set(list, node.items.map(offsetOf));
    // In a flow list, `[a: b]` is a list of one map.
    for (const item of node.items)
      list.push(isPair(item) ? this.pairAsMap(item, depth) : this.value(item, '', depth + 1));
    return list;
  }

  private pairAsMap(pair: Pair, depth: number): JsonValue {
    const map: MutableMap = {};
    this.entry(pair, map, new Set(), depth + 1);
    return map;
  }

  private map(node: YAMLMap, depth: number): JsonValue {
    const map: MutableMap = {};
    this.fill(node, map, depth);
    return map;
  }

  /** Entries and merges in the order they stand: what comes later wins, a merge too. */
  private fill(node: YAMLMap, map: MutableMap, depth: number): void {
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (isMergeKey(pair.key)) this.merge(pair.value, map, depth + 1);
      else this.entry(pair, map, seen, depth);
    }
  }

  private entry(pair: Pair, map: MutableMap, seen: Set<string>, depth: number): void {
    const key = this.key(pair.key, depth);
    if (seen.has(key) && this.aliasDepth === 0) this.marks.duplicates.push({ key, offset: offsetOf(pair.key) });
    seen.add(key);
    setOwn(map, key, this.value(pair.value, key, depth + 1));
  }

  private key(node: unknown, depth: number): string {
    const value = this.value(node, '', depth + 1);
    const scalar = isAlias(node) ? this.bound.get(node) : node;
    const text = isScalar(scalar) && typeof scalar.value === 'string' ? scalar.value : '';
    const key = keyOf(value, text);
    if (key instanceof ScalarError) throw new ReadError(offsetOf(node), key.message);
    return key;
  }

  private merge(node: unknown, map: MutableMap, depth: number): void {
    if (depth > MAX_DEPTH) throw new ReadError(offsetOf(node), 'nesting', 'manifest.excessive');
    const sources = isSeq(node) ? node.items.toReversed() : [node];
    for (const source of sources) {
      this.budget.spend(this.aliasDepth > 0, offsetOf(source));
      if (isMap(source)) this.fill(source, map, depth);
      else if (isAlias(source)) this.throughAlias(source, (target) => this.fillFrom(target, map, depth, source));
      else this.refuseMerge(source);
    }
  }

  private fillFrom(target: Node, map: MutableMap, depth: number, source: Alias): void {
    if (isMap(target)) this.fill(target, map, depth);
    else this.refuseMerge(source);
  }

  private refuseMerge(node: unknown): never {
    throw new ReadError(offsetOf(node), 'map merge requires map or sequence of maps as the value');
  }
}

/** go-yaml's bound on what aliases may add: 99 % of a small document, 10 % of a very large one. */
class AliasBudget {
  private all = 0;
  private throughAliases = 0;

  spend(throughAlias: boolean, offset: number): void {
    this.all++;
    if (throughAlias) this.throughAliases++;
    if (this.throughAliases <= 100 || this.all <= 1000) return;
    if (this.throughAliases / this.all > allowedRatio(this.all))
      throw new ReadError(offset, 'aliases', 'manifest.excessive');
  }
}

const LOW = 400_000;
const HIGH = 4_000_000;

function allowedRatio(all: number): number {
  if (all <= LOW) return 0.99;
  return all >= HIGH ? 0.1 : 0.99 - (0.89 * (all - LOW)) / (HIGH - LOW);
}
