import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { createMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import { createTwoWayStrategicMergePatch } from '../../../apimachinery/patch/strategic-merge-patch.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { patchSchemaOf } from '../../../openapi/patch-schema.ts';
import type { ApiResult } from '../../client/api-client.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { EditReason } from '../edited-file.ts';
import { contentOf, editHead, hasLines, readEdited, withoutComments } from '../edited-file.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { goJson } from '../../../apimachinery/go-json.ts';
import { withLastApplied } from '../last-applied.ts';
import { formatted } from '../output.ts';
import { FROM_FILES, SELECTING, callOf, foundObjects, spokenName, targetOf } from '../resources.ts';
import { fieldValidationOf } from '../validation-flag.ts';
import type { Target } from '../resources.ts';

interface Edited {
  readonly target: Target;
  readonly object: KubernetesObject;
}

/**
 * Objects are written as the server has them, somebody changes the text, and what changed goes to the server as a patch;
 * what the server refuses is given back to the editor with the reasons above it.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go, 1.36.2.
 */
export const edit: KubectlCommand = {
  name: 'edit',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    output: { type: 'text', short: 'o' },
    'output-patch': { type: 'switch' },
    'save-config': { type: 'switch' },
    'field-manager': { type: 'text' },
    validate: { type: 'text', bare: 'strict' },
    subresource: { type: 'text' },
  },
  run(terminal, flags) {
    if (flags.positionals.length === 0 && !flags.values.has('filename'))
      throw new KubectlError('error: must specify the name of the resource to edit, or --filename');
    const format = flag(flags, 'output') === 'json' ? 'json' : 'yaml';
    const originals = foundObjects(terminal, flags, flags.positionals, flag(flags, 'subresource'));
    if (originals.length === 0) throw new KubectlError('error: edit cancelled, no objects found');
    const original = formatted(
      originals.map(({ target, object }) => ({ resource: target.resource, object })),
      format,
      originals.length > 1,
    );
    return new Editing(terminal, flags, originals, format).run(asOneFile(original));
  },
};

/** Several objects are edited as a List, which has no metadata of its own. */
function asOneFile(text: string): string {
  return text.replace('\nmetadata:\n  resourceVersion: ""\n', '\nmetadata: {}\n');
}

class Editing {
  private readonly terminal: Terminal;
  private readonly flags: Flags;
  private readonly originals: readonly Edited[];
  private readonly format: 'json' | 'yaml';
  private launches = 0;
  private reasons: EditReason[] = [];
  /** Objects that the server had no room for, that it no longer has, and that have to be edited again. */
  private retryable = 0;
  private missing = 0;

  constructor(terminal: Terminal, flags: Flags, originals: readonly Edited[], format: 'json' | 'yaml') {
    this.terminal = terminal;
    this.flags = flags;
    this.originals = originals;
    this.format = format;
  }

  run(original: string): number {
    const { terminal } = this;
    let edited = '';
    let isAgain = false;
    for (;;) {
      const given = this.head() + (isAgain ? withoutComments(edited) : original);
      const before = edited;
      edited = terminal.edit(given);
      this.launches++;
      if (isAgain && contentOf(before) === contentOf(edited))
        throw this.preserved('Edit cancelled, no valid changes were saved.');
      if (contentOf(original) === contentOf(edited)) return this.cancelled('Edit cancelled, no changes made.');
      if (!hasLines(edited)) return this.cancelled('Edit cancelled, saved file was empty.');
      this.reasons = [];
      [this.retryable, this.missing] = [0, 0];
      const updated = this.read(edited);
      if (updated === undefined) {
        isAgain = true;
        continue;
      }
      isAgain = false;
      for (const one of updated) this.patch(one);
      if (this.retryable > 0) {
        terminal.err(`You can run \`kubectl replace -f ${this.file}\` to try this update again.\n`);
        return 1;
      }
      if (this.missing > 0) {
        terminal.err(`The edits you made on deleted resources have been saved to ${JSON.stringify(this.file)}\n`);
        return 1;
      }
      if (this.reasons.length === 0) return 0;
      isAgain = true;
    }
  }

  private head(): string {
    return this.format === 'json' ? '' : editHead(this.reasons);
  }

  /** Where the text of the editor lies; the number is made up on a real computer. */
  private get file(): string {
    return `/tmp/kubectl-edit-${this.launches}.${this.format}`;
  }

  private cancelled(words: string): number {
    this.terminal.err(`${words}\n`);
    return 0;
  }

  private preserved(words: string): KubectlError {
    this.terminal.err(`A copy of your changes has been stored to ${JSON.stringify(this.file)}\n`);
    return new KubectlError(`error: ${words}`);
  }

  /** The objects of the text with their places; undefined where it cannot be read, and why stands above it then. */
  private read(text: string): readonly Edited[] | undefined {
    const { terminal, flags } = this;
    const { objects, failure } = readEdited(text);
    const refuse = (why: string): undefined => {
      this.reasons = [{ head: `The edited file had a syntax error: ${why}`, points: [] }];
    };
    if (failure !== undefined) return refuse(failure);
    const found: Edited[] = [];
    for (const object of objects) {
      try {
        found.push({ target: targetOf(terminal, 'edited-file', object, flags), object });
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        return refuse(error.message.replace(/^error: /, ''));
      }
    }
    const own = flag(flags, 'namespace') ?? 'default';
    for (const { target, object } of found) {
      const namespace = namespaceOf(object);
      if (target.resource.namespaced && namespace !== undefined && namespace !== own)
        throw this.preserved(
          `the namespace from the provided object "${namespace}" does not match the namespace "${own}". You must pass '--namespace=${namespace}' to perform this operation.`,
        );
    }
    return found;
  }

  private patch({ target, object }: Edited): void {
    const { terminal, flags } = this;
    const uid = stringAt(object, 'metadata', 'uid');
    const original = this.originals.find((one) => stringAt(one.object, 'metadata', 'uid') === uid);
    if (original === undefined) throw this.preserved(`no original object found for ${goJson(object)}`);
    const before = withoutManagers(original.object);
    const body = isOn(flags, 'save-config') ? terminal.once(() => withLastApplied(object, target.namespace)) : object;
    if (goJson(before) === goJson(body)) return this.say(target, object, 'skipped');
    const { patch, patchType } = terminal.once(() => this.patchOf(before, body));
    if (changesIdentity(patch)) throw this.preserved('At least one of apiVersion, kind and name was changed');
    if (isOn(flags, 'output-patch')) terminal.out(`Patch: ${goJson(patch)}\n`);
    const subresource = flag(flags, 'subresource');
    const result = terminal.call({
      ...callOf('patch', target),
      ...(subresource === undefined ? {} : { subresource }),
      body: patch as unknown as KubernetesObject,
      options: {
        patchType,
        fieldManager: flag(flags, 'field-manager') ?? 'kubectl-edit',
        fieldValidation: fieldValidationOf(flags),
      },
    });
    for (const warning of result.warnings ?? []) terminal.err(`Warning: ${warning}\n`);
    if (!result.ok) return terminal.err(`${this.refused(result, target)}\n`);
    this.say(target, result.object, 'edited');
  }

  private patchOf(before: KubernetesObject, after: KubernetesObject) {
    const served = servedKindOf(after, this.terminal.kinds);
    if (isVerdict(served) || served.custom !== undefined)
      return Object.freeze({ patch: createMergePatch(before, after), patchType: 'merge' } as const);
    const result = createTwoWayStrategicMergePatch(before, after, patchSchemaOf(served.schema));
    if (!result.ok) throw this.preserved(result.message);
    return Object.freeze({ patch: result.value, patchType: 'strategic' } as const);
  }

  private say(target: Target, object: KubernetesObject, done: string): void {
    const output = flag(this.flags, 'output');
    if (output === undefined) this.terminal.out(`${spokenName(target.resource, nameOf(object))} ${done}\n`);
    else this.terminal.out(formatted([{ resource: target.resource, object }], output, false));
  }

  /** Source: editoptions.go `editResults.addError`. */
  private refused(result: ApiResult & { readonly ok: false }, { resource, name }: Target): string {
    const spoken = `${resource.qualified} ${JSON.stringify(name)}`;
    if (result.reason === 'Invalid') {
      const points = arrayAt(result.details, 'causes').map(
        (cause) => `${stringAt(cause, 'field') ?? ''}: ${stringAt(cause, 'message') ?? ''}`,
      );
      this.reasons.push({ head: `${spoken} was not valid`, points });
      return `error: ${spoken} is invalid`;
    }
    if (result.reason === 'NotFound') {
      this.missing++;
      return `error: ${spoken} could not be found on the server`;
    }
    this.retryable++;
    return `error: ${spoken} could not be patched: ${result.message}`;
  }
}

/** Who writes which field is not shown, and is in no patch. */
function withoutManagers(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata };
}

function changesIdentity(patch: JsonObject): boolean {
  return (
    patch['apiVersion'] !== undefined || patch['kind'] !== undefined || valueAt(patch, 'metadata', 'name') !== undefined
  );
}
