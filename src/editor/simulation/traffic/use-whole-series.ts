import { useEffect, useState } from 'react';
import type { BranchState } from '../../../workspace/simulation/simulation.ts';
import type { TrafficAt } from '../../../workspace/simulation/traffic/traffic-rows.ts';
import { useSimulation, useSimulationState } from '../simulation-context.ts';

/** The traffic at the end of the branch, asked for once whenever its end is another: what comes later is hinted at. */
export function useWholeTraffic({ hash, length }: BranchState, token: string | undefined): TrafficAt | undefined {
  const simulation = useSimulation();
  const branch = useSimulationState((state) => state.branch);
  const key = hash === undefined || token === undefined ? undefined : `${branch}/${hash}/${token}`;
  const [found, setFound] = useState<{ readonly key: string; readonly traffic: TrafficAt } | undefined>();
  useEffect(() => {
    if (key === undefined || token === undefined) return undefined;
    let isWanted = true;
    void simulation.ask('traffic', { token }, { branch, seq: length }).then((traffic) => {
      if (isWanted && traffic !== undefined) setFound({ key, traffic });
    });
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [simulation, key]);
  return found?.key === key ? found?.traffic : undefined;
}
