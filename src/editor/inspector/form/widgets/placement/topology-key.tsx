import type { Path } from '../../../../../base/json.ts';
import { useLabels } from '../parts/around.ts';
import { SuggestedField } from '../parts/suggested-field.tsx';

/** The label whose value says which Nodes are one place. */
export function TopologyKey({ path }: { readonly path: Path }) {
  const labels = useLabels();
  return (
    <SuggestedField
      path={path}
      title="topologyKey"
      options={() => labels.nodes().map(({ key, values }) => ({ id: key, hint: values.join(', ') }))}
    />
  );
}
