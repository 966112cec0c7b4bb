import { expect } from 'vitest';
import type { UpstreamSource } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { runOffline } from '../testing/offline-terminal.ts';
import table from './testdata/generators.json' with { type: 'json' };

type Case = (typeof table.cases)[number];

const CREATE = 'staging/src/k8s.io/kubectl/pkg/cmd/create';
/** Upstream's tests, by the file that they are in. */
const FILES: readonly (readonly [RegExp, string])[] = [
  [/^TestCreateIngress/, 'create_ingress_test.go'],
  [/^TestCreateService(?!Account)/, 'create_service_test.go'],
  [/^TestCreateQuota/, 'create_quota_test.go'],
  [/^TestCreatePdb/, 'create_pdb_test.go'],
  [/^TestCreateJob/, 'create_job_test.go'],
  [/^TestCreateCronJob/, 'create_cronjob_test.go'],
  [/^TestCreateDeployment/, 'create_deployment_test.go'],
  [/^TestCreateNamespace/, 'create_namespace_test.go'],
  [/^TestCreateServiceAccount/, 'create_serviceaccount_test.go'],
  [/^TestCreatePriorityClass/, 'create_priorityclass_test.go'],
  [/^TestCreateRoleBinding/, 'create_rolebinding_test.go'],
  [/^TestCreateClusterRoleBinding/, 'create_clusterrolebinding_test.go'],
  [/^TestCreateConfigMap/, 'create_configmap_test.go'],
  [/^TestCreateSecretGeneric/, 'create_secret_test.go'],
  [/^TestCreateSecretDockerRegistry/, 'create_secret_docker_test.go'],
];

/**
 * A line that an upstream case gives as flags is counted for its file, any other as recorded. What either prints is what
 * kubectl of the release printed.
 */
function sourceOf({ name }: Case): UpstreamSource {
  const file = FILES.find(([test]) => test.test(name))?.[1];
  const head = { area: 'kubectl', release: table.release } as const;
  return file === undefined ? { ...head, file: 'kubectl', recorded: true } : { ...head, file: `${CREATE}/${file}` };
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  'recorded/run and expose': 'two objects with one -o yaml stand after each other without kubectl’s own "---" lines',
};

/** Five letters that kubectl makes up. */
function withoutLuck(text: string): string {
  return text.replaceAll(/jonny-depp-[a-z0-9]{5}/g, 'jonny-depp-?????');
}

const cases = table.cases.filter(({ name }) => !Object.hasOwn(LEFT_OUT, name));
upstreamEach(sourceOf)(cases)('$name', ({ line, stdout, stderr, exitCode }) => {
  const said = runOffline(line);
  expect({ ...said, stdout: withoutLuck(said.stdout) }).toEqual({
    stdout: withoutLuck(stdout.join('\n')),
    stderr: stderr.join('\n'),
    exitCode,
  });
});

upstreamLeftOut({ area: 'kubectl', file: 'kubectl', release: table.release, recorded: true }, LEFT_OUT);
