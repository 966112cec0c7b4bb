import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import type { ServedResource } from '../../apiserver/served-resources.ts';
import { rowsOf } from '../../apiserver/table.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { textOf } from '../local-ports.ts';
import { rawCall } from '../raw-call.ts';
import { formatted, printedTable } from '../output.ts';
import {
  FROM_FILES,
  SELECTING,
  callOf,
  listAll,
  listCall,
  listPages,
  manifestsOf,
  namedBy,
  namespaceOfFlags,
  refusalText,
  targetOf,
} from '../resources.ts';
import type { Named, Target } from '../resources.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';

/** An object that was found; or a table of objects, where a table is wanted. */
interface Got {
  readonly resource: ServedResource;
  readonly object: KubernetesObject;
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go, 1.36. */
export const get: KubectlCommand = {
  name: 'get',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    output: { type: 'text', short: 'o' },
    watch: { type: 'switch', short: 'w' },
    'show-labels': { type: 'switch' },
    'no-headers': { type: 'switch' },
    'ignore-not-found': { type: 'switch' },
    'request-timeout': { type: 'text' },
    'sort-by': { type: 'text' },
    raw: { type: 'text' },
  },
  run(terminal, flags) {
    const path = flag(flags, 'raw');
    if (path !== undefined) return raw(terminal, flags, path);
    const named = targetsOf(terminal, flags);
    const got: Got[] = [];
    let failures = 0;
    const asTable = isTable(flags);
    if (named.type === 'objects') {
      for (const target of named.targets) {
        const result = terminal.call({ ...callOf('get', target), ...(asTable ? { options: { asTable } } : {}) });
        if (result.ok) got.push({ resource: target.resource, object: result.object });
        else if (result.code !== 404 || !isOn(flags, 'ignore-not-found')) {
          terminal.err(`${refusalText(result)}\n`);
          failures++;
        }
      }
    } else
      for (const resource of named.resources) {
        const call = listCall(resource, flags);
        const objects = asTable
          ? listPages(terminal, { ...call, options: { ...call.options, asTable } })
          : listAll(terminal, call);
        got.push(...objects.map((object) => ({ resource, object })));
      }
    print(terminal, flags, got, named.type === 'lists' || named.targets.length > 1, failures === 0);
    if (isOn(flags, 'watch')) look(terminal, flags, named, got[0]?.object);
    return failures === 0 ? 0 : 1;
  },
};

/** A path of the API server as it answers it. Source: staging/src/k8s.io/kubectl/pkg/rawhttp/raw.go, get.go `Validate`, 1.36. */
function raw(terminal: Terminal, flags: Flags, path: string): number {
  const others = isOn(flags, 'watch') || ['output', 'selector', 'filename'].some((name) => flags.values.has(name));
  if (others || flags.positionals.length > 0)
    throw new KubectlError(
      flags.positionals.length > 0
        ? 'error: arguments may not be passed when --raw is specified'
        : 'error: --raw may not be specified with other flags that filter the server request or alter the output',
    );
  if (!path.startsWith('/')) throw new KubectlError(`error: parse ${JSON.stringify(path)}: invalid URI for request`);
  const call = rawCall(path);
  if (call.verb === 'watch') throw new KubectlError('error: a watch is not shown raw here: use get -w');
  const result = terminal.call(call);
  if (!result.ok) throw new KubectlError(refusalText(result));
  terminal.out(textOf(result));
  return 0;
}

function targetsOf(terminal: Terminal, flags: Flags): Named {
  const fromFiles: Target[] = manifestsOf(terminal, flags).map(([file, object]) =>
    targetOf(terminal, file, object, flags),
  );
  if (fromFiles.length > 0) return { type: 'objects', targets: fromFiles };
  if (flags.positionals.length === 0)
    throw new KubectlError(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples',
    );
  return namedBy(terminal, flags.positionals, flags);
}

function isTable(flags: Flags): boolean {
  return ['', 'wide'].includes(flag(flags, 'output') ?? '');
}

function print(terminal: Terminal, flags: Flags, got: readonly Got[], isList: boolean, isGood: boolean): void {
  if (!isTable(flags)) {
    const output = flag(flags, 'output') ?? '';
    if (got.length > 0 || (isList && isGood)) terminal.out(formatted(got, output, isList));
    return;
  }
  const filled = got.filter(({ object }) => rowsOf(object).length > 0);
  if (filled.length === 0) {
    if (!isGood || isOn(flags, 'ignore-not-found')) return;
    const where = isOn(flags, 'all-namespaces') ? '' : ` in ${namespaceOfFlags(flags)} namespace`;
    terminal.err(`No resources found${where}${where === '' ? '' : '.'}\n`);
    return;
  }
  const groups = groupsOf(filled);
  const tables = groups.map(([resource, own]) =>
    printedTable(
      resource,
      own.map(({ object }) => object),
      optionsOf(flags, resource, groups.length > 1),
    ),
  );
  terminal.out(tables.join('\n'));
}

function optionsOf(flags: Flags, { namespaced }: ServedResource, withKind: boolean) {
  return {
    wide: flag(flags, 'output') === 'wide',
    withNamespace: namespaced && isOn(flags, 'all-namespaces'),
    withKind,
    showLabels: isOn(flags, 'show-labels'),
    noHeaders: isOn(flags, 'no-headers'),
  };
}

/** One line for each change, until the server ends the watch or somebody presses Ctrl+C. */
function look(terminal: Terminal, flags: Flags, named: Named, from: KubernetesObject | undefined): void {
  const resource = named.type === 'lists' ? named.resources[0] : named.targets[0]?.resource;
  if (resource === undefined) return;
  const names = named.type === 'objects' ? new Set(named.targets.map(({ name }) => name)) : undefined;
  const untilMs = terminal.now() + (parseDurationMs(flag(flags, 'request-timeout') ?? '') ?? Infinity);
  const { options, ...call } = listCall(resource, flags);
  const { limit: _, ...selecting } = options ?? {};
  const watch = terminal.watch({
    ...call,
    verb: 'watch',
    options: { ...selecting, resourceVersion: nameAt(from, 'metadata', 'resourceVersion') ?? '0', asTable: true },
  });
  for (;;) {
    const events = terminal.changes(watch, untilMs);
    if (events === undefined) return;
    for (const { object } of events.filter(({ object: table }) => isMeant(table, names)))
      terminal.out(printedTable(resource, [object], { ...optionsOf(flags, resource, false), noHeaders: true }));
  }
}

function isMeant(table: KubernetesObject, names: ReadonlySet<string> | undefined): boolean {
  return names === undefined || rowsOf(table).some(({ object }) => names.has(nameOf(object as KubernetesObject)));
}

/** Objects by their resource, in order of the first of each. */
function groupsOf(got: readonly Got[]): readonly (readonly [ServedResource, readonly Got[]])[] {
  const groups = new Map<ServedResource, Got[]>();
  for (const one of got) groups.set(one.resource, [...(groups.get(one.resource) ?? []), one]);
  return [...groups];
}
