import type { JsonObject } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { parseImageReference } from '../../../kinds/shared/image-reference.ts';
import type { FlagSpecs, Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { KubectlError } from '../command.ts';
import type { ManifestFiles } from '../command.ts';
import { arrayOf, textFlag } from '../generators/generator.ts';
import { pairsOf } from '../pairs.ts';
import type { KeepFlags, ProfileName } from './profiles.ts';
import { PROFILES } from './profiles.ts';

/** What a line of `kubectl debug` asks for. Source: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go `DebugOptions`, 1.36.2. */
export interface DebugOptions {
  readonly targetNames: readonly string[];
  readonly args: readonly string[];
  readonly argsOnly: boolean;
  readonly attach: boolean;
  readonly container: string;
  readonly copyTo: string;
  readonly replace: boolean;
  readonly env: JsonObject;
  readonly image: string;
  readonly keep: KeepFlags;
  readonly setImages: JsonObject;
  readonly pullPolicy: string;
  readonly interactive: boolean;
  readonly quiet: boolean;
  readonly sameNode: boolean;
  /** Undefined where the line does not say. */
  readonly shareProcesses: boolean | undefined;
  readonly targetContainer: string;
  readonly tty: boolean;
  readonly profile: ProfileName;
  readonly customProfile: JsonObject | undefined;
}

export const DEBUG_FLAGS: FlagSpecs = {
  namespace: { type: 'text', short: 'n' },
  'arguments-only': { type: 'switch' },
  attach: { type: 'switch' },
  container: { type: 'text', short: 'c' },
  'copy-to': { type: 'text' },
  replace: { type: 'switch' },
  env: { type: 'list' },
  image: { type: 'text' },
  'keep-labels': { type: 'switch' },
  'keep-annotations': { type: 'switch' },
  'keep-liveness': { type: 'switch' },
  'keep-readiness': { type: 'switch' },
  'keep-startup': { type: 'switch' },
  'keep-init-containers': { type: 'switch' },
  'set-image': { type: 'list' },
  'image-pull-policy': { type: 'text' },
  stdin: { type: 'switch', short: 'i' },
  quiet: { type: 'switch', short: 'q' },
  'same-node': { type: 'switch' },
  'share-processes': { type: 'switch' },
  target: { type: 'text' },
  tty: { type: 'switch', short: 't' },
  profile: { type: 'text' },
  custom: { type: 'text' },
};

/** Source: debug.go `Complete`, `Validate`. Throws kubectl's words where the flags contradict each other. */
export function debugOptionsOf(flags: Flags, files: ManifestFiles): DebugOptions {
  const profileName = flag(flags, 'profile') ?? 'general';
  const profile = PROFILES.find((name) => name === profileName);
  if (profile === undefined) throw new KubectlError(`error: unknown profile: ${profileName}`);
  const interactive = isOn(flags, 'stdin');
  const options: DebugOptions = {
    targetNames: flags.positionals,
    args: flags.rest,
    argsOnly: isOn(flags, 'arguments-only'),
    attach: flags.values.has('attach') ? isOn(flags, 'attach') : interactive,
    container: textFlag(flags, 'container'),
    copyTo: textFlag(flags, 'copy-to'),
    replace: isOn(flags, 'replace'),
    env: pairsOf(arrayOf(flags, 'env').join(',')),
    image: textFlag(flags, 'image'),
    keep: {
      labels: isOn(flags, 'keep-labels'),
      annotations: isOn(flags, 'keep-annotations'),
      liveness: isOn(flags, 'keep-liveness'),
      readiness: isOn(flags, 'keep-readiness'),
      startup: isOn(flags, 'keep-startup'),
      initContainers: flags.values.has('keep-init-containers') ? isOn(flags, 'keep-init-containers') : true,
    },
    setImages: pairsOf(arrayOf(flags, 'set-image').join(',')),
    pullPolicy: textFlag(flags, 'image-pull-policy'),
    interactive,
    quiet: isOn(flags, 'quiet'),
    sameNode: isOn(flags, 'same-node'),
    shareProcesses: flags.values.has('share-processes') ? isOn(flags, 'share-processes') : undefined,
    targetContainer: textFlag(flags, 'target'),
    tty: isOn(flags, 'tty'),
    profile,
    customProfile: customProfileOf(textFlag(flags, 'custom'), files),
  };
  const problem = problemOf(options, flags.values.has('attach'));
  if (problem !== undefined) throw new KubectlError(`error: ${problem}`);
  return options;
}

/** A part of a container, as a file of the design that has no kind of its own cannot be: its first object's `spec`. */
function customProfileOf(path: string, files: ManifestFiles): JsonObject | undefined {
  if (path === '') return undefined;
  const object = Object.hasOwn(files, path) ? files[path]?.[0] : undefined;
  if (object === undefined)
    throw new KubectlError(
      `error: must pass a container spec json file for custom profile: open ${path}: no such file or directory`,
    );
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...container } = object as unknown as JsonObject;
  return isJsonObject(container) ? container : undefined;
}

function problemOf(options: DebugOptions, isAttachGiven: boolean): string | undefined {
  const { attach, image, container, copyTo, setImages, args, pullPolicy, tty, interactive, customProfile } = options;
  const images = Object.entries(setImages);
  if (attach && isAttachGiven && image === '' && container === '')
    return 'you must specify --container or create a new container using --image in order to attach.';
  if (copyTo !== '') {
    if (image === '' && images.length === 0 && args.length === 0)
      return 'you must specify --image, --set-image or command arguments.';
    if (args.length > 0 && container === '' && image === '')
      return 'you must specify an existing container or a new image when specifying args.';
  } else {
    if (options.replace) return '--replace may only be used with --copy-to.';
    if (options.sameNode) return '--same-node may only be used with --copy-to.';
    if (images.length > 0) return '--set-image may only be used with --copy-to.';
    if (image === '') return 'you must specify --image when not using --copy-to.';
  }
  if (image !== '' && !isImageName(image)) return `invalid image name "${image}": invalid reference format`;
  if (options.targetNames.length === 0) return 'NAME or filename is required for debug';
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy)) return `invalid image pull policy: ${pullPolicy}`;
  for (const [name, own] of images)
    if (!isImageName(String(own)))
      return `invalid image name "${String(own)}" for container "${name}": invalid reference format`;
  if (options.targetContainer !== '' && copyTo !== '')
    return '--target is incompatible with --copy-to. Use --share-processes instead.';
  if (tty && !interactive) return '-i/--stdin is required for containers with -t/--tty=true';
  const fixed = ['name', 'command', 'image', 'lifecycle', 'volumeDevices'];
  if (customProfile !== undefined && fixed.some((field) => customProfile[field] !== undefined))
    return 'name, command, image, lifecycle and volume devices are not modifiable via custom profile';
  return undefined;
}

function isImageName(image: string): boolean {
  return 'name' in parseImageReference(image);
}
