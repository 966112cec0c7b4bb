import type { JsonObject } from '../base/json.ts';
import { arrayAt, asObject, stringAt } from '../base/json.ts';
import { schemaFromCustomResourceDefinition } from './custom-resource-schema.ts';
import type { TypeTable } from './schema-types.ts';

export const VERTICAL_POD_AUTOSCALER_GROUP = 'autoscaling.k8s.io';

/** The Vertical Pod Autoscaler's kinds: known without their CRDs in the design, since so many clusters have them. */
export async function readVerticalPodAutoscaler(table: TypeTable): Promise<void> {
  if (table.kinds.has(`${VERTICAL_POD_AUTOSCALER_GROUP}/v1.VerticalPodAutoscaler`)) return;
  const { default: data } = await import('./data/vertical-pod-autoscaler-crds.json');
  for (const crd of data.crds as readonly JsonObject[]) {
    const kind = stringAt(crd, 'spec', 'names', 'kind');
    for (const version of arrayAt(crd, 'spec', 'versions')) {
      const name = stringAt(asObject(version), 'name');
      const schema = schemaFromCustomResourceDefinition(crd, name);
      if (schema === undefined) continue;
      const id = `${VERTICAL_POD_AUTOSCALER_GROUP}/${name}.${kind}`;
      table.types.set(id, schema);
      table.kinds.add(id);
    }
  }
}
