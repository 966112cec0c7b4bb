import { formatApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { KubectlCommand } from '../command.ts';
import { flag } from '../flags.ts';
import { columnsOf } from '../output.ts';
import { discovered } from '../resources.ts';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/apiresources/apiresources.go, 1.36. */
export const apiResources: KubectlCommand = {
  name: 'api-resources',
  flags: {
    namespaced: { type: 'text', bare: 'true' },
    'api-group': { type: 'text' },
    'no-headers': { type: 'switch' },
  },
  run(terminal, flags) {
    const [namespaced, group] = [flag(flags, 'namespaced'), flag(flags, 'api-group')];
    const rows = discovered(terminal)
      .filter(
        (resource) =>
          (namespaced === undefined || String(resource.namespaced) === namespaced) &&
          (group === undefined || resource.group === group),
      )
      .toSorted((a, b) => compareStrings(a.group, b.group) || compareStrings(a.plural, b.plural))
      .map((resource) => [
        resource.plural,
        resource.shortNames.join(','),
        formatApiVersion(resource.group, resource.versions[0]!),
        String(resource.namespaced),
        resource.kind,
      ]);
    const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'];
    terminal.out(columnsOf(flags.values.has('no-headers') ? rows : [header, ...rows]));
    return 0;
  },
};
