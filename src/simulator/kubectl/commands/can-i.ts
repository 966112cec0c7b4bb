import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { stringAt, booleanAt } from '../../../base/json.ts';
import type { ServedResource } from '../../apiserver/served-resources.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { arrayOf, textFlag } from '../generators/generator.ts';
import { SELECTING, answered, namespaceOfFlags, resourceOf, servedNamed } from '../resources.ts';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/auth/cani.go, 1.36. */
const RESOURCE_VERBS =
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  );
const PATH_VERBS: readonly string[] = ['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*'];
/** Resources that the server has and does not list. */
const UNLISTED: readonly string[] = ['users', 'groups'];
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):[^:]+$/;

export const canI: KubectlCommand = {
  name: 'auth can-i',
  flags: {
    namespace: SELECTING.namespace,
    'all-namespaces': SELECTING['all-namespaces'],
    subresource: { type: 'text' },
    quiet: { type: 'switch', short: 'q' },
    as: { type: 'text' },
    'as-group': { type: 'list' },
  },
  run(terminal, flags) {
    const [verb, what, ...more] = flags.positionals;
    if (verb === undefined || what === undefined || more.length > 0)
      throw new KubectlError(
        "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    const spec = what.startsWith('/')
      ? pathSpec(terminal, flags, verb, what)
      : resourceSpec(terminal, flags, verb, what);
    const review = reviewFor(flags, spec);
    const { object } = answered(
      terminal.call({
        verb: 'create',
        resource: { group: 'authorization.k8s.io', version: 'v1', plural: `${review.kind.toLowerCase()}s` },
        body: review,
      }),
    );
    const isAllowed = booleanAt(object, 'status', 'allowed') === true;
    const reason = stringAt(object, 'status', 'reason') ?? '';
    if (!isOn(flags, 'quiet')) terminal.out(isAllowed ? 'yes\n' : `no${reason === '' ? '' : ` - ${reason}`}\n`);
    return isAllowed ? 0 : 1;
  },
};

/** With `--as` the server is asked about that user, as an administrator may; upstream impersonates them and asks as them. */
function reviewFor(flags: Flags, spec: KubernetesObject | object): KubernetesObject {
  const head = { apiVersion: 'authorization.k8s.io/v1' };
  const user = textFlag(flags, 'as');
  if (user === '') return { ...head, kind: 'SelfSubjectAccessReview', spec } as KubernetesObject;
  const [, namespace] = SERVICE_ACCOUNT.exec(user) ?? [];
  const own = namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  const groups = [...arrayOf(flags, 'as-group'), ...own, 'system:authenticated'];
  return { ...head, kind: 'SubjectAccessReview', spec: { ...spec, user, groups } } as unknown as KubernetesObject;
}

function pathSpec(terminal: Terminal, flags: Flags, verb: string, path: string): object {
  if (flag(flags, 'subresource') !== undefined)
    throw new KubectlError('error: --subresource can not be used with NonResourceURL');
  if (!PATH_VERBS.includes(verb)) warn(terminal, `verb '${verb}' is not a known verb`);
  return { nonResourceAttributes: { verb, path } };
}

function resourceSpec(terminal: Terminal, flags: Flags, verb: string, what: string): object {
  const [word = '', ...rest] = what.split('/');
  const served = found(terminal, word);
  const isEverywhere = isOn(flags, 'all-namespaces');
  if (!isEverywhere && served !== undefined && !served.namespaced) {
    const group = served.group === '' ? '' : ` in group '${served.group}'`;
    warn(terminal, `resource '${served.plural}' is not namespace scoped${group}`);
  }
  if (!isEverywhere && !RESOURCE_VERBS.includes(verb)) warn(terminal, `verb '${verb}' is not a known verb`);
  const { group, plural } = served === undefined ? { group: '', plural: word } : resourceOf(served);
  const attributes = {
    namespace: isEverywhere ? '' : namespaceOfFlags(flags),
    verb,
    group,
    resource: plural,
    subresource: textFlag(flags, 'subresource'),
    name: rest.join('/'),
  };
  return { resourceAttributes: Object.fromEntries(Object.entries(attributes).filter(([, text]) => text !== '')) };
}

function found(terminal: Terminal, word: string): ServedResource | undefined {
  if (word === '*') return undefined;
  try {
    return servedNamed(word, terminal);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const [resource = '', ...group] = word.split('.');
    if (UNLISTED.includes(word)) return undefined;
    const place = group.length === 0 ? '' : ` in group '${group.join('.')}'`;
    warn(terminal, `the server doesn't have a resource type '${resource}'${place}`);
    return undefined;
  }
}

/** Source: cli-runtime/pkg/printers/warningprinter.go: the text ends with a line of its own. */
function warn(terminal: Terminal, text: string): void {
  terminal.err(`Warning: ${text}\n\n`);
}
