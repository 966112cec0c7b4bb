import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { Toggle } from '../../kit/choice.tsx';
import type { Frame, FrameController } from '../../workspace/simulation/frame.ts';
import type { ContainerInside, PodInside, VolumeInside } from '../../workspace/simulation/simulation.ts';
import { componentName } from '../../workspace/simulation/caption.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import type { InsideLayout } from './inside-layout.ts';
import { pane } from './pane-state.ts';
import { useLook } from './use-look.ts';

/** The name of what is looked into, the way back, and what has no box of its own. */
export function InsideView({ inside, layout }: { readonly inside: string; readonly layout: InsideLayout }) {
  const t = useText();
  const [showsPause, setShowsPause] = useState(false);
  const node = inside.startsWith('node/') ? inside.slice('node/'.length) : undefined;
  const { x, y, width } = layout.room;
  return (
    <>
      <header className="sim-inside-head" style={{ left: x, width }}>
        <Button small onPress={() => pane.setState({ inside: undefined })}>
          <ArrowLeft size={14} aria-hidden />
          {t('rehearsal:backToAll')}
        </Button>
        <b>{t('rehearsal:inside', { name: node ?? componentName(inside) })}</b>
        {node !== undefined && (
          <Toggle label={t('rehearsal:pauseContainers')} value={showsPause} onChange={setShowsPause} />
        )}
      </header>
      {node !== undefined && (
        <div className="sim-inside-pods" style={{ left: x, top: y, width, height: layout.height - y - 10 }}>
          <NodePods node={node} showsPause={showsPause} />
        </div>
      )}
    </>
  );
}

/** A controller as a tile: how many keys wait, and what it works on. */
export function ControllerTile({ id, frame }: { readonly id: string; readonly frame: Frame }) {
  const t = useText();
  const controller = frame.controllers.find((one) => one.id === id);
  if (controller === undefined) return null;
  const { queued, delayed } = controller;
  return (
    <span className={`sim-tile${isBusy(controller) ? ' sim-tile-busy' : ''}`}>
      <b title={id}>{componentName(id.slice(id.indexOf('/') + 1)).replace(/ controller$/, '')}</b>
      <small>
        {queued > 0 && <span className="sim-queue">{t('rehearsal:queue', { count: queued })}</span>}
        {workText(t, controller)}
        {delayed > 0 && <span className="quiet"> · {t('rehearsal:delayed', { count: delayed })}</span>}
      </small>
    </span>
  );
}

function isBusy({ queued, working }: FrameController): boolean {
  return queued > 0 || working.length > 0;
}

function workText(t: Text, controller: FrameController): string {
  const [key] = controller.working;
  if (key !== undefined) return t('rehearsal:works', { key });
  return isBusy(controller) ? '' : t('rehearsal:idle');
}

/** The Pods of a Node with their containers, as its runtime has them. */
function NodePods({ node, showsPause }: { readonly node: string; readonly showsPause: boolean }) {
  const t = useText();
  const found = useLook({ type: 'node', node });
  if (found === undefined) return null;
  if (found.pods.length + found.volumes.length === 0) return <p className="quiet">{t('rehearsal:noPods')}</p>;
  return (
    <>
      {found.volumes.length > 0 && (
        <ul className="sim-inside-volumes" aria-label={t('rehearsal:volumes')}>
          {found.volumes.map((volume) => (
            <VolumeBox key={volume.name} volume={volume} t={t} />
          ))}
        </ul>
      )}
      <ul className="sim-inside-list" aria-label={t('rehearsal:podsHere')}>
        {found.pods.map((pod) => (
          <PodBox key={pod.uid} pod={pod} showsPause={showsPause} t={t} />
        ))}
      </ul>
    </>
  );
}

/** A volume of a storage driver: whether it is mounted for the Node, and for which Pods. */
function VolumeBox({ volume, t }: { readonly volume: VolumeInside; readonly t: Text }) {
  const { name, driver, stage, pods } = volume;
  const isMounted = stage === 'staged';
  return (
    <li className={`sim-container${isMounted ? ' container-running' : ' container-waiting'}`} title={driver}>
      <b>{name}</b>
      <small>{[t(`rehearsal:volume.${stage}`), ...pods].join(' · ')}</small>
    </li>
  );
}

function PodBox({ pod, showsPause, t }: { readonly pod: PodInside; readonly showsPause: boolean; readonly t: Text }) {
  const { pause } = pod;
  return (
    <li className={`sim-pod-box${pod.isBeingDeleted ? ' sim-pod-ending' : ''}`}>
      <p>
        <b title={`${pod.namespace}/${pod.name}`}>{pod.name}</b>
        <small>
          {pod.ip}
          {pod.isBeingDeleted && ` · ${t('simulation:pod.terminating')}`}
        </small>
      </p>
      <ul className="sim-containers">
        {showsPause && (
          <li className={`sim-container${pause?.isReady ? ' container-running' : ' container-exited'} container-pause`}>
            <b>{pause === undefined ? t('rehearsal:noSandbox') : t('rehearsal:pauseAs', { attempt: pause.attempt })}</b>
          </li>
        )}
        {pod.containers.map((container) => (
          <ContainerBox key={container.name} container={container} t={t} />
        ))}
      </ul>
    </li>
  );
}

function ContainerBox({ container, t }: { readonly container: ContainerInside; readonly t: Text }) {
  const { name, type, image, state, reason, exitCode, attempt, isReady } = container;
  const words = [
    t(`rehearsal:container.${state}`),
    // Kubernetes calls an init container ready that has ended well.
    isReady && state === 'running' ? t('rehearsal:containerReady') : '',
    reason,
    state === 'exited' ? t('rehearsal:exitCode', { code: exitCode }) : '',
    attempt > 0 ? t('simulation:restarts', { count: attempt }) : '',
  ];
  return (
    <li className={`sim-container container-${state}${isReady ? ' container-ready' : ''}`} title={image}>
      <b>
        {name}
        {type !== 'regular' && <i>{t(`rehearsal:${type}`)}</i>}
      </b>
      <small>{words.filter(Boolean).join(' · ')}</small>
    </li>
  );
}
