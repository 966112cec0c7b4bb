import type { JsonObject } from '../../base/json.ts';
import type { CheckVersion, PodSecurityCheck, Violation } from './check.ts';
import { checkedPod } from './check.ts';
import { CHECKS } from './checks.ts';
import type { LevelVersion } from './policy.ts';

/**
 * What a Pod violates of a policy, in the server's order; nothing where it passes. A policy version newer than the
 * server is the server's own.
 * Source: staging/src/k8s.io/pod-security-admission/policy/registry.go, 1.36.
 *
 * @param release minor of the server's Kubernetes 1.x
 */
export function evaluatePod(
  { level, version }: LevelVersion,
  metadata: JsonObject | undefined,
  spec: JsonObject,
  release: number,
): readonly Violation[] {
  if (level === 'privileged') return [];
  const minor = version === 'latest' ? release : Math.min(version, release);
  const pod = checkedPod(metadata, spec);
  return rulesOf(level, minor).flatMap((rule) => rule.check(pod) ?? []);
}

function rulesOf(level: 'baseline' | 'restricted', minor: number): readonly CheckVersion[] {
  const current = CHECKS.filter((check) => check.level === 'baseline' || level === 'restricted').flatMap((check) => {
    const rule = ruleAt(check, minor);
    return rule === undefined ? [] : [{ id: check.id, rule }];
  });
  const overridden = new Set(current.flatMap(({ rule }) => rule.overrides ?? []));
  return current.filter(({ id }) => !overridden.has(id)).map(({ rule }) => rule);
}

function ruleAt({ versions }: PodSecurityCheck, minor: number): CheckVersion | undefined {
  return versions.findLast(({ since }) => since <= minor);
}

/** The reasons alone: `hostPort, privileged`. */
export function reasonsOf(violations: readonly Violation[]): string {
  return violations.map(({ reason }) => reason).join(', ');
}

/** Reasons with what exactly is wrong: `hostPort (container "a" uses hostPort 80), …`. */
export function detailsOf(violations: readonly Violation[]): string {
  return violations.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');
}
