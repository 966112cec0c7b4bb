import { Button } from '../../../kit/button.tsx';
import type { RunNetwork } from '../../../workspace/simulation/run-network.ts';
import { useText } from '../../i18n.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { useSimulation } from '../simulation-context.ts';
import { startRun } from '../start-run.ts';
import { isSameNetwork } from './network-choices.ts';

interface NetworkEndProps {
  readonly chosen: RunNetwork;
  /** That of the run that is shown. */
  readonly running: RunNetwork;
  readonly onBegun: () => void;
}

/** A run has the network with which it began: another begins a new run. */
export function NetworkEnd({ chosen, running, onBegun }: NetworkEndProps) {
  const t = useText();
  const workspace = useWorkspace();
  const simulation = useSimulation();
  const isSame = isSameNetwork(chosen, running);
  return (
    <div className="network-end">
      <p className="quiet">{t(isSame ? 'rehearsal:network.isSame' : 'rehearsal:network.needsNewRun')}</p>
      <Button
        look="primary"
        small
        disabled={isSame}
        onPress={() => {
          const { seed, workers } = simulation.store.getState().options;
          startRun(workspace, simulation, { seed, workers, network: chosen });
          onBegun();
        }}
      >
        {t('rehearsal:network.begin')}
      </Button>
    </div>
  );
}
