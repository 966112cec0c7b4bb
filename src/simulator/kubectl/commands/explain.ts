import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { schemaOf } from '../../../openapi/built-in-schemas.ts';
import type { Schema } from '../../../openapi/schema.ts';
import type { ServedResource } from '../../apiserver/served-resources.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import { explainText, fieldAt } from '../explain-text.ts';
import { isOn } from '../flags.ts';
import { textFlag } from '../generators/generator.ts';
import { servedNamed } from '../resources.ts';

const SUGGEST = 'Use "kubectl api-resources" for a complete list of supported resources.';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/explain/explain.go, 1.36. */
export const explain: KubectlCommand = {
  name: 'explain',
  readsDescriptions: true,
  flags: {
    recursive: { type: 'switch', short: 'R' },
    'api-version': { type: 'text' },
    output: { type: 'text', short: 'o' },
  },
  run(terminal, flags) {
    const [word, ...more] = flags.positionals;
    if (word === undefined)
      throw new KubectlError(`error: You must specify the type of resource to explain. ${SUGGEST}`);
    if (more.length > 0) throw new KubectlError('error: We accept only this format: explain RESOURCE');
    const output = textFlag(flags, 'output') || 'plaintext';
    if (output !== 'plaintext') throw new KubectlError(`error: unrecognized format: ${output}`);
    const { resource, path } = explained(terminal, word);
    const wanted = textFlag(flags, 'api-version');
    const { group, version } =
      wanted === '' ? { group: resource.group, version: resource.versions[0] ?? '' } : parseApiVersion(wanted);
    const gvr = `${group === '' ? '' : `${group}/`}${version}, Resource=${resource.plural}`;
    if (group !== resource.group || !resource.versions.includes(version))
      throw new KubectlError(`error: couldn't find resource for "${gvr}"`);
    const { kind } = resource;
    const schema = schemaNamed(terminal, { group, version, kind });
    if (schema === undefined) throw new KubectlError(`error: GVR (${gvr}) not found in OpenAPI schema`);
    const field = fieldAt(schema, path);
    if (field === undefined) throw new KubectlError(`error: field "${path.at(-1) ?? ''}" does not exist`);
    const head = `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${version}\n\n`;
    terminal.out(`${head}${explainText(field, isOn(flags, 'recursive'))}\n`);
    return 0;
  },
};

/**
 * The resource and the fields that a word names: `pods.spec`, `deployments.apps.spec`. The group counts only behind the
 * plural. Source: staging/src/k8s.io/kubectl/pkg/explain/explain.go `SplitAndParseResourceRequestWithMatchingPrefix`, 1.36.
 */
function explained(
  terminal: Terminal,
  word: string,
): { readonly resource: ServedResource; readonly path: readonly string[] } {
  const [name = '', ...fields] = word.replace(/\.$/, '').split('.');
  for (let length = fields.length; length > 0; length--) {
    const group = fields.slice(0, length).join('.');
    const resource = servedOrNone(`${name}.${group}`);
    if (resource !== undefined && resource.plural === name && resource.group === group)
      return { resource, path: fields.slice(length) };
  }
  return { resource: servedNamed(name, terminal), path: fields };
}

function servedOrNone(word: string): ServedResource | undefined {
  try {
    return servedNamed(word);
  } catch (error) {
    if (error instanceof KubectlError) return undefined;
    throw error;
  }
}

function schemaNamed(
  { kinds }: Terminal,
  gvk: { readonly group: string; readonly version: string; readonly kind: string },
): Schema | undefined {
  const builtIn = schemaOf(gvk);
  if (builtIn !== undefined) return builtIn;
  const custom = kinds.customResources.find(gvk);
  return custom === 'unserved' ? undefined : custom?.schema;
}
