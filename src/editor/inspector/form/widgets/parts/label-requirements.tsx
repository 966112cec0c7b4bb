import type { Path } from '../../../../../base/json.ts';
import { useLabels } from './around.ts';
import { Requirements } from './requirements.tsx';

/** The conditions of a label selector beside its pairs. */
export function LabelRequirements({ path }: { readonly path: Path }) {
  const labels = useLabels();
  return (
    <Requirements
      path={path}
      of="labels"
      known={path.includes('namespaceSelector') ? labels.namespaces : labels.pods}
    />
  );
}
