import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { DescribeContext } from '../describe/describer.ts';
import { describeObject } from '../describe/describers.ts';
import type { Flags } from '../flags.ts';
import { flag } from '../flags.ts';
import type { Target } from '../resources.ts';
import {
  FROM_FILES,
  SELECTING,
  callOf,
  foundObjects,
  listAll,
  listCall,
  namedBy,
  namespaceOfFlags,
  refusalText,
  resourceOf,
  servedNamed,
} from '../resources.ts';

const MIRROR = 'kubernetes.io/config.mirror';

interface Found {
  readonly target: Target;
  readonly object: KubernetesObject;
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/describe/describe.go, 1.36. */
export const describeCommand: KubectlCommand = {
  name: 'describe',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    'show-events': { type: 'switch' },
    'chunk-size': { type: 'text' },
    recursive: { type: 'switch', short: 'R' },
  },
  run(terminal, flags) {
    if (flags.positionals.length === 0 && !flags.values.has('filename'))
      throw new KubectlError(
        'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    const nowMs = RUN_BEGINS_MS + terminal.now();
    const { found, isPrefix } = wanted(terminal, flags);
    if (found.length === 0) {
      const isAll = flags.values.has('all-namespaces');
      terminal.err(isAll ? 'No resources found\n' : `No resources found in ${namespaceOfFlags(flags)} namespace.\n`);
      return 0;
    }
    // Events of several objects are shown only where that is asked for.
    const asked = flag(flags, 'show-events');
    const showEvents = asked === undefined ? found.length === 1 && !isPrefix : asked !== 'false';
    found.forEach(({ target, object }, index) => {
      const text = describeObject(target.resource, object, contextOf(terminal, target, object, { nowMs, showEvents }));
      terminal.out(isPrefix ? `${text}\n` : index === 0 ? text : `\n\n${text}`);
    });
    return 0;
  },
};

/** What the words name; a name that nothing has may be the beginning of names. */
function wanted(terminal: Terminal, flags: Flags): { readonly found: readonly Found[]; readonly isPrefix: boolean } {
  const words = flags.positionals;
  const named =
    words.length === 2 && !words.some((word) => /[/,]/.test(word)) ? namedBy(terminal, words, flags) : undefined;
  const [target] = named?.type === 'objects' ? named.targets : [];
  if (target === undefined) return { found: foundObjects(terminal, flags, words), isPrefix: false };
  const exact = terminal.call(callOf('get', target));
  if (exact.ok) return { found: [{ target, object: exact.object }], isPrefix: false };
  if (exact.code !== 404) throw new KubectlError(refusalText(exact));
  const like = listAll(terminal, listCall(target.resource, flags)).filter((one) => nameOf(one).startsWith(target.name));
  if (like.length === 0) throw new KubectlError(refusalText(exact));
  const found = like.map((object) => ({
    object,
    target: { ...target, name: nameOf(object), namespace: namespaceOf(object) },
  }));
  return { found, isPrefix: true };
}

function contextOf(
  terminal: Terminal,
  target: Target,
  object: KubernetesObject,
  { nowMs, showEvents }: { readonly nowMs: number; readonly showEvents: boolean },
): DescribeContext {
  const list: DescribeContext['list'] = ({ resource, namespace, labelSelector, fieldSelector }) =>
    listAll(terminal, {
      verb: 'list',
      resource: resourceOf(servedNamed(resource, terminal)),
      ...(namespace === undefined ? {} : { namespace }),
      options: {
        limit: 500,
        ...(labelSelector === undefined ? {} : { labelSelector }),
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
      },
    });
  const search = (uid: string): readonly KubernetesObject[] => {
    const namespace = namespaceOf(object);
    const isPod = target.resource.qualified === 'pods';
    const terms = [
      `involvedObject.name=${nameOf(object)}`,
      `involvedObject.namespace=${namespace ?? ''}`,
      ...(isPod ? [] : [`involvedObject.kind=${target.resource.kind}`]),
      `involvedObject.uid=${uid}`,
    ];
    return list({
      resource: 'events',
      fieldSelector: terms.join(','),
      ...(namespace === undefined ? {} : { namespace }),
    });
  };
  return {
    nowMs,
    list,
    get(resource, namespace, name) {
      const result = terminal.call(callOf('get', { resource: servedNamed(resource, terminal), namespace, name }));
      return result.ok ? result.object : { error: result.message };
    },
    events() {
      if (!showEvents) return undefined;
      const uid = annotationsOf(object).get(MIRROR) ?? uidOf(object);
      // A kubelet's Events about its Node have the Node's name as uid.
      return target.resource.qualified === 'nodes' ? [...search(uid), ...search(nameOf(object))] : search(uid);
    },
  };
}
