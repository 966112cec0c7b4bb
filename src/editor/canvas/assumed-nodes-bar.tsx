import { Minus, Plus, Server } from 'lucide-react';
import { COMMANDS } from '../../design/commands/index.ts';
import { NODES_KEY, drawnData } from '../../design/drawn.ts';
import { assumedNodeObjects, assumedNodesOf } from '../../scene/cluster/assumed-nodes.ts';
import type { AssumedNodes } from '../../scene/cluster/cluster-plan.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { runCommand } from '../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';

const SIZES = [
  { cpu: 2, memoryGi: 8 },
  { cpu: 4, memoryGi: 16 },
  { cpu: 8, memoryGi: 32 },
  { cpu: 16, memoryGi: 64 },
] as const;
const MOST_WORKERS = 24;

/** Says that the design has no Nodes, which ones are drawn instead, and lets them be changed or kept. */
export function AssumedNodesBar() {
  const t = useText();
  const workspace = useWorkspace();
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const assumed = useWorkspaceState(
    ({ picture, scene }) =>
      picture === 'cluster' && scene.frames.some(({ kind, record }) => kind === 'node' && record === undefined),
  );
  if (!assumed) return null;
  const nodes = assumedNodesOf(design);
  const change = (next: Partial<AssumedNodes>): void => {
    const drawn = drawnData({ type: 'nodes', ...nodes, ...next });
    const placements = new Map([[NODES_KEY, { x: 0, y: 0, drawn }]]);
    runCommand(workspace, COMMANDS.movePlacements, { picture: 'cluster', placements }, t);
  };
  const size = SIZES.findIndex(({ cpu }) => cpu === nodes.cpu);
  return (
    <div className="canvas-note">
      <Server size={14} aria-hidden />
      <span>{t('canvas:assumedNodes')}</span>
      <span className="stepper">
        <IconButton
          small
          label={t('canvas:fewerWorkers')}
          icon={<Minus size={12} />}
          disabled={nodes.workers <= 1}
          onPress={() => change({ workers: nodes.workers - 1 })}
        />
        <b>{t('canvas:workers', { count: nodes.workers })}</b>
        <IconButton
          small
          label={t('canvas:moreWorkers')}
          icon={<Plus size={12} />}
          disabled={nodes.workers >= MOST_WORKERS}
          onPress={() => change({ workers: nodes.workers + 1 })}
        />
      </span>
      <span className="stepper">
        <IconButton
          small
          label={t('canvas:smallerWorkers')}
          icon={<Minus size={12} />}
          disabled={size === 0}
          onPress={() => change(SIZES[Math.max(0, size - 1)] ?? SIZES[0])}
        />
        <b>{t('canvas:workerSize', { cpu: nodes.cpu, memory: nodes.memoryGi })}</b>
        <IconButton
          small
          label={t('canvas:largerWorkers')}
          icon={<Plus size={12} />}
          disabled={size === SIZES.length - 1}
          onPress={() => change(SIZES[Math.min(SIZES.length - 1, size + 1)] ?? SIZES[0])}
        />
      </span>
      <Button
        small
        onPress={() => runCommand(workspace, COMMANDS.addObjects, { objects: assumedNodeObjects(nodes, registry) }, t)}
      >
        {t('canvas:keepNodes')}
      </Button>
    </div>
  );
}
