import type { Frame } from '../../workspace/simulation/frame.ts';
import { useText } from '../i18n.ts';
import { PodCells } from './pod-cells.tsx';

/** What each workload wants and has, and which endpoints each Service has. */
export function WorkloadTable({ frame }: { readonly frame: Frame }) {
  const t = useText();
  const pods = [...frame.nodes.flatMap((node) => node.pods), ...frame.unplaced];
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
          {frame.workloads.map((workload) => (
            <tr key={`${workload.kind}/${workload.namespace}/${workload.name}`}>
              <th scope="row">
                <span className="quiet">{workload.kind}</span> {workload.namespace}/{workload.name}
              </th>
              <td>{workload.desired}</td>
              <td>{workload.current}</td>
              <td>{workload.ready}</td>
              <td>
                <PodCells
                  pods={pods.filter(
                    ({ namespace, name }) => namespace === workload.namespace && name.startsWith(`${workload.name}-`),
                  )}
                  most={20}
                />
              </td>
            </tr>
          ))}
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
