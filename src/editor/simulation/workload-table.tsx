import { memo } from 'react';
import type { Frame, FramePod, FrameWorkload } from '../../workspace/simulation/frame.ts';
import { groupBy } from '../../base/group-by.ts';
import { useText } from '../i18n.ts';
import { PodCells } from './pod-cells.tsx';

/** What each workload wants and has, and which endpoints each Service has. */
export function WorkloadTable({ frame }: { readonly frame: Frame }) {
  const t = useText();
  const pods = [...frame.nodes.flatMap((node) => node.pods), ...frame.unplaced];
  const made = groupBy(pods, ({ workload }) => workload ?? '');
  return (
    <div className="sim-workloads">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('simulation:object')}</th>
            <th scope="col">{t('simulation:wanted')}</th>
            <th scope="col">{t('simulation:there')}</th>
            <th scope="col">{t('simulation:ready')}</th>
            <th scope="col">Pods</th>
          </tr>
        </thead>
        <tbody>
          {frame.workloads.map((workload) => {
            const key = `${workload.kind}/${workload.namespace}/${workload.name}`;
            return <WorkloadRow key={key} workload={workload} pods={podsOf(workload, made.get(key), pods)} />;
          })}
          {frame.services.map(({ namespace, name, ready, total }) => (
            <tr key={`Service/${namespace}/${name}`}>
              <th scope="row">
                <span className="quiet">Service</span> {namespace}/{name}
              </th>
              <td>–</td>
              <td>{total}</td>
              <td>{ready}</td>
              <td className="quiet">endpoints</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Its own Pods; those of a ReplicaSet or a Job that somebody else made are told by their names. */
function podsOf(
  { namespace, name, kind }: FrameWorkload,
  made: readonly FramePod[] | undefined,
  all: readonly FramePod[],
): readonly FramePod[] {
  if (made !== undefined) return made;
  if (kind !== 'ReplicaSet' && kind !== 'Job') return [];
  return all.filter((pod) => pod.namespace === namespace && pod.name.startsWith(`${name}-`));
}

interface RowProps {
  readonly workload: FrameWorkload;
  readonly pods: readonly FramePod[];
}

/** Drawn anew where its figures or its Pods are others. */
const WorkloadRow = memo(
  function WorkloadRow({ workload, pods }: RowProps) {
    return (
      <tr>
        <th scope="row">
          <span className="quiet">{workload.kind}</span> {workload.namespace}/{workload.name}
        </th>
        <td>{workload.desired}</td>
        <td>{workload.current}</td>
        <td>{workload.ready}</td>
        <td>
          <PodCells pods={pods} most={20} />
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.workload === after.workload &&
    before.pods.length === after.pods.length &&
    before.pods.every((pod, index) => pod === after.pods[index]),
);
