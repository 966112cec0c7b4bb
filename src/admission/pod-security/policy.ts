import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';

const LEVELS = ['privileged', 'baseline', 'restricted'] as const;

/** Rising strictness. */
export type Level = (typeof LEVELS)[number];

export interface LevelVersion {
  readonly level: Level;
  /** Minor of policy version v1.x. */
  readonly version: number | 'latest';
}

/** What a namespace asks of its Pods, in each of the three modes. */
export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

export type Mode = keyof Policy;

/** What an API server asks for where a namespace says nothing, unless it is configured otherwise. */
const PRIVILEGED: LevelVersion = { level: 'privileged', version: 'latest' };
export const NO_POLICY: Policy = { enforce: PRIVILEGED, audit: PRIVILEGED, warn: PRIVILEGED };

/** `pod-security.kubernetes.io/enforce`, `…/enforce-version`. */
export const levelLabel = (mode: Mode): string => `pod-security.kubernetes.io/${mode}`;
export const versionLabel = (mode: Mode): string => `${levelLabel(mode)}-version`;

/**
 * The policy of a namespace by its labels, and what is wrong with them. What cannot be read is `restricted` where it is
 * enforced, and nothing where it is only told.
 * Source: staging/src/k8s.io/pod-security-admission/api/helpers.go `PolicyToEvaluate`, 1.36.
 */
export function policyOf(
  labels: ReadonlyMap<string, string>,
  defaults: Policy = NO_POLICY,
): { readonly policy: Policy; readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const read = (mode: Mode, otherwise: Level): LevelVersion => {
    let { level, version } = defaults[mode];
    const [levelText, versionText] = [labels.get(levelLabel(mode)), labels.get(versionLabel(mode))];
    if (levelText !== undefined) {
      const found = parseLevel(levelText);
      if (found === undefined)
        errors.push(labelError(levelLabel(mode), levelText, `must be one of ${LEVELS.join(', ')}`));
      level = found ?? otherwise;
    }
    if (versionText !== undefined) {
      const found = parseVersion(versionText);
      if (found === undefined) errors.push(labelError(versionLabel(mode), versionText, 'must be "latest" or "v1.x"'));
      version = found ?? 'latest';
    }
    return { level, version };
  };
  const enforce = read('enforce', 'restricted');
  const audit = read('audit', 'privileged');
  const warn = read('warn', 'privileged');
  const isEnforced = parseLevel(labels.get(levelLabel('enforce')) ?? '') !== undefined;
  const warnsLess = isEnforced && !labels.has(levelLabel('warn')) && compareLevels(enforce.level, warn.level) > 0;
  const told = warnsLess
    ? { level: enforce.level, version: labels.has(versionLabel('warn')) ? warn.version : enforce.version }
    : warn;
  return { policy: { enforce, audit, warn: told }, errors };
}

function labelError(label: string, value: string, detail: string): FieldError {
  return invalid(ValidationPath.of('metadata', 'labels').key(label), value, detail);
}

function parseLevel(text: string): Level | undefined {
  return LEVELS.find((level) => level === text);
}

/** Upstream counts a version that Go's int cannot hold as none. */
function parseVersion(text: string): LevelVersion['version'] | undefined {
  if (text === 'latest') return 'latest';
  const minor = /^v1\.([0-9]|[1-9][0-9]*)$/.exec(text)?.[1];
  return minor === undefined || BigInt(minor) > 0x7fff_ffff_ffff_ffffn ? undefined : Number(minor);
}

/** Below 0 where `a` is less strict than `b`. */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

/** `restricted:latest`, `baseline:v1.28`. */
export function formatLevelVersion({ level, version }: LevelVersion): string {
  return `${level}:${version === 'latest' ? version : `v1.${version}`}`;
}

export function isSameLevelVersion(a: LevelVersion, b: LevelVersion): boolean {
  return a.level === b.level && a.version === b.version;
}
