import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { FlagSpecs, Flags } from '../flags.ts';
import { flag } from '../flags.ts';

/** How `kubectl create` makes an object of one kind from the words and flags of its line. */
export interface Generator {
  /** `deployment`, `secret generic`. */
  readonly name: string;
  readonly flags: FlagSpecs;
  /** Flags without which the line is refused. */
  readonly required?: readonly string[];
  /** Throws kubectl's words where the flags make no object. */
  make(name: string, flags: Flags, terminal: Terminal): KubernetesObject;
}

/** Values of a flag that takes several, by commas and by standing there again. */
export function sliceOf(flags: Flags, name: string): readonly string[] {
  return (flags.values.get(name) ?? []).flatMap((value) => (value === '' ? [] : value.split(',')));
}

/** Values of a flag that may stand there again, each as it is. */
export function arrayOf(flags: Flags, name: string): readonly string[] {
  return flags.values.get(name) ?? [];
}

export function textFlag(flags: Flags, name: string): string {
  return flag(flags, name) ?? '';
}

/** A whole number; the flag library's words for anything else. */
export function numberFlag(
  flags: Flags,
  name: string,
  otherwise: number,
  { short, command = '' }: { readonly short?: string; readonly command?: string } = {},
): number {
  const text = flag(flags, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && /^[-+]?\d+$/.test(text)) return value;
  const quoted = JSON.stringify(text);
  const spoken = short === undefined ? `--${name}` : `-${short}, --${name}`;
  throw new KubectlError(
    `error: invalid argument ${quoted} for "${spoken}" flag: strconv.ParseInt: parsing ${quoted}: invalid syntax\nSee 'kubectl ${command} --help' for usage.`,
  );
}

/** The metadata that every generator begins with; the namespace only where a flag names one. */
export function metadataFor(name: string, flags: Flags, more: JsonObject = {}): JsonObject {
  const namespace = flag(flags, 'namespace');
  return { name, ...(namespace === undefined ? {} : { namespace }), ...more };
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go `NameFromCommandArgs`, 1.36. */
export function theOnlyName(command: string, { positionals }: Flags): string {
  const [name] = positionals;
  if (name !== undefined && positionals.length === 1) return name;
  throw new KubectlError(
    `error: exactly one NAME is required, got ${positionals.length}\nSee 'kubectl ${command} -h' for help and examples`,
  );
}
