import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, objectAt, valueAt } from '../../base/json.ts';
import { folderOf, resolveInTree, textOfBytes } from '../file-tree.ts';
import type { FileTree } from '../file-tree.ts';
import type { Note, NoteId } from '../note.ts';
import { isFailure, readYamlSource } from '../yaml-source.ts';
import type { YamlSource } from '../yaml-source.ts';
import { listOf, namesOf, textOf } from './compose-values.ts';
import { readEnvFile } from './env-file.ts';
import { interpolateAll } from './interpolate.ts';
import type { Variables } from './interpolate.ts';
import { mergeCompose } from './merge-files.ts';
import { TOP_KEYS } from './service-keys.ts';

const MOST_FILES = 50;
const MOST_EXTENDS = 20;

/** A service as all its files together say, with where its relative paths begin. */
export interface ComposeService {
  readonly name: string;
  readonly spec: JsonObject;
  readonly folder: string;
  /** Says something of the value at a path inside the service. */
  say(kind: Note['kind'], id: NoteId, path: Path, params: Note['params']): void;
}

export interface ComposeProject {
  readonly services: readonly ComposeService[];
  readonly volumes: JsonObject;
  readonly networks: JsonObject;
  readonly configs: JsonObject;
  readonly secrets: JsonObject;
  readonly folder: string;
  readonly variables: Variables;
}

export class ComposeLoader {
  readonly notes: Note[] = [];
  private readonly tree: FileTree;
  private filesRead = 0;

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  /** Reads files that stand over one another, with what they include. Undefined where one cannot be read. */
  load(paths: readonly string[]): ComposeProject | undefined {
    const folder = folderOf(paths[0] ?? '');
    const variables = this.variablesOf(folder);
    const sources: { readonly file: string; readonly source: YamlSource }[] = [];
    for (const file of paths) {
      const source = this.read(file, file);
      if (!source) return undefined;
      sources.push({ file, source });
    }
    const say = (kind: Note['kind'], id: NoteId, path: Path, params: Note['params']): void => {
      const at = sources.findLast(({ source }) => valueAt(source.value, ...path) !== undefined) ?? sources[0]!;
      this.notes.push({ id, kind, file: at.file, line: at.source.lineAt(path), params });
    };
    let merged: JsonValue = {};
    for (const { file, source } of sources) {
      for (const { tag, line } of source.tags)
        this.notes.push({ id: 'source.tag', kind: 'lost', file, line, params: { tag } });
      const seen = new Set<string>();
      const value = interpolateAll(source.value, variables, (what, name, message) => {
        if (seen.has(name)) return;
        seen.add(name);
        if (what === 'missing')
          this.notes.push({
            id: 'compose.variable',
            kind: 'changed',
            file,
            line: lineOfText(this.tree, file, name),
            params: { name },
          });
        else
          this.notes.push({
            id: 'compose.variableRequired',
            kind: 'changed',
            file,
            line: lineOfText(this.tree, file, name),
            params: { name, message },
          });
      });
      merged = mergeCompose(merged, value);
    }
    if (!isJsonObject(merged)) {
      this.notes.push({
        id: 'source.type',
        kind: 'refused',
        file: paths[0]!,
        line: 1,
        params: { key: '', expected: 'map' },
      });
      return undefined;
    }
    for (const key of Object.keys(merged)) {
      if (!TOP_KEYS.has(key) && !key.startsWith('x-')) say('lost', 'source.unknownKey', [key], { key });
      if (key === 'models') say('lost', 'compose.lost', [key], { service: '', key });
    }
    const project: ComposeProject = {
      folder,
      variables,
      volumes: objectAt(merged, 'volumes') ?? {},
      networks: objectAt(merged, 'networks') ?? {},
      configs: objectAt(merged, 'configs') ?? {},
      secrets: objectAt(merged, 'secrets') ?? {},
      services: this.servicesOf(merged, folder, say),
    };
    return this.withIncluded(project, merged, say);
  }

  /** What a `.env` beside the file says. Who runs the conversion gives no variables: the result would depend on it. */
  private variablesOf(folder: string): Variables {
    const bytes = this.tree.read(folder === '' ? '.env' : `${folder}/.env`);
    const text = bytes && textOfBytes(bytes);
    return text === undefined ? new Map() : readEnvFile(text, new Map(), () => undefined);
  }

  private read(file: string, namedBy: string): YamlSource | undefined {
    const refuse = (line: number, message: string): undefined => {
      this.notes.push({ id: 'source.unreadable', kind: 'refused', file, line, params: { message } });
      return undefined;
    };
    if (++this.filesRead > MOST_FILES) {
      this.notes.push({
        id: 'source.tooMany',
        kind: 'refused',
        file: namedBy,
        line: 1,
        params: { what: 'files', limit: MOST_FILES },
      });
      return undefined;
    }
    const bytes = this.tree.read(file);
    if (!bytes) {
      this.notes.push({ id: 'source.missing', kind: 'refused', file: namedBy, line: 1, params: { file } });
      return undefined;
    }
    const text = textOfBytes(bytes);
    if (text === undefined) return refuse(1, 'not UTF-8 text');
    const source = readYamlSource(text);
    return isFailure(source) ? refuse(source.line, source.message) : source;
  }

  private servicesOf(merged: JsonObject, folder: string, say: ComposeService['say']): readonly ComposeService[] {
    const services = objectAt(merged, 'services') ?? {};
    return Object.keys(services).flatMap((name) => {
      const own = services[name];
      if (!isJsonObject(own)) {
        say('refused', 'source.type', ['services', name], { key: `services.${name}`, expected: 'map' });
        return [];
      }
      const sayHere: ComposeService['say'] = (kind, id, path, params) =>
        say(kind, id, ['services', name, ...path], params);
      const spec = this.extended(own, services, folder, sayHere, [name]);
      return [{ name, spec, folder, say: sayHere }];
    });
  }

  /** The service over the one that it extends. */
  private extended(
    spec: JsonObject,
    services: JsonObject,
    folder: string,
    say: ComposeService['say'],
    chain: readonly string[],
  ): JsonObject {
    const wish = spec['extends'];
    if (wish === undefined || wish === null) return spec;
    const base = textOf(isJsonObject(wish) ? wish['service'] : wish);
    const reference = isJsonObject(wish) ? textOf(wish['file']) : '';
    const { extends: _, ...own } = spec;
    if (chain.length > MOST_EXTENDS || (reference === '' && chain.includes(base))) {
      say('lost', 'compose.extendsCycle', ['extends'], { service: chain[0]!, base });
      return own;
    }
    const [others, otherFolder] = reference === '' ? [services, folder] : this.otherServices(reference, folder, say);
    const found = others && objectAt(others, base);
    if (!others || !found) {
      if (others) say('lost', 'source.missing', ['extends'], { file: base });
      return own;
    }
    const whole = this.extended(found, others, otherFolder, say, [...chain, base]);
    const moved = otherFolder === folder ? whole : movedTo(whole, otherFolder, folder);
    return mergeCompose(moved, own) as JsonObject;
  }

  private otherServices(
    reference: string,
    folder: string,
    say: ComposeService['say'],
  ): readonly [JsonObject | undefined, string] {
    const path = resolveInTree(folder, reference);
    if (path === undefined) {
      say('lost', 'source.outside', ['extends'], { path: reference });
      return [undefined, folder];
    }
    const source = this.read(path, path);
    const value = source && interpolateAll(source.value, this.variablesOf(folderOf(path)), () => undefined);
    return [objectAt(value, 'services'), folderOf(path)];
  }

  /** Each `include` is a project of its own, whose services join this one. */
  private withIncluded(project: ComposeProject, merged: JsonObject, say: ComposeService['say']): ComposeProject {
    let whole = project;
    listOf(merged['include']).forEach((entry, index) => {
      const paths = isJsonObject(entry) ? listOf(entry['path']).map(textOf) : [textOf(entry)];
      const resolved = paths.map((path) => resolveInTree(project.folder, path));
      const outside = paths.find((_, at) => resolved[at] === undefined);
      if (outside !== undefined) return say('lost', 'source.outside', ['include', index], { path: outside });
      const included = this.load(resolved as string[]);
      if (!included) return undefined;
      const taken = new Set(whole.services.map(({ name }) => name));
      for (const { name } of included.services)
        if (taken.has(name)) say('lost', 'compose.duplicate', ['include', index], { service: name });
      whole = {
        ...whole,
        services: [...whole.services, ...included.services.filter(({ name }) => !taken.has(name))],
        volumes: { ...included.volumes, ...whole.volumes },
        networks: { ...included.networks, ...whole.networks },
        configs: { ...atFolder(included.configs, included.folder, project.folder), ...whole.configs },
        secrets: { ...atFolder(included.secrets, included.folder, project.folder), ...whole.secrets },
      };
      return undefined;
    });
    return whole;
  }
}

/** Relative paths of a service, as another folder names them. */
function movedTo(spec: JsonObject, from: string, to: string): JsonObject {
  const files = (value: JsonValue): JsonValue =>
    isJsonObject(value)
      ? { ...value, path: relative(from, textOf(value['path']), to) }
      : relative(from, textOf(value), to);
  const volume = (value: JsonValue): JsonValue => {
    if (isJsonObject(value))
      return value['type'] === 'bind' ? { ...value, source: relative(from, textOf(value['source']), to) } : value;
    const [source = '', ...rest] = textOf(value).split(':');
    return source.startsWith('.') && rest.length > 0 ? [relative(from, source, to), ...rest].join(':') : value;
  };
  return {
    ...spec,
    ...(spec['env_file'] === undefined ? {} : { env_file: listOf(spec['env_file']).map(files) }),
    ...(spec['volumes'] === undefined ? {} : { volumes: listOf(spec['volumes']).map(volume) }),
  };
}

/** `./x` of one folder seen from another, both in the tree; what leads outside stays and is refused where it is used. */
function relative(from: string, reference: string, to: string): string {
  const path = resolveInTree(from, reference);
  if (path === undefined) return reference;
  const up =
    to === ''
      ? ''
      : to
          .split('/')
          .map(() => '..')
          .join('/');
  return `./${up === '' ? '' : `${up}/`}${path}`;
}

function atFolder(definitions: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      isJsonObject(definition) && typeof definition['file'] === 'string'
        ? { ...definition, file: relative(from, definition['file'], to) }
        : definition,
    ]),
  );
}

function lineOfText(tree: FileTree, file: string, name: string): number {
  const bytes = tree.read(file);
  const text = (bytes && textOfBytes(bytes)) ?? '';
  const at = text.search(new RegExp(`\\$\\{?${name}\\b`));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

export function profilesOf(spec: JsonObject): readonly string[] {
  return listOf(spec['profiles']).map(textOf);
}

export function dependenciesOf(spec: JsonObject): readonly (readonly [name: string, condition: string])[] {
  return namesOf(spec['depends_on']).map(([name, more]) => [name, textOf(more['condition']) || 'service_started']);
}
