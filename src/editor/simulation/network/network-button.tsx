import { Network } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import { Segmented } from '../../../kit/segmented.tsx';
import type { RunNetwork } from '../../../workspace/simulation/run-network.ts';
import { useText } from '../../i18n.ts';
import { changeSettings, settings } from '../../settings.ts';
import type { NetworkIds } from './network-choices.ts';
import { FAMILY_IDS, POD_NETWORK_IDS, PROXY_MODE_IDS, networkIds, withChoice } from './network-choices.ts';
import './network.css';

/** Opens the choice of what the network of the next run is like. `children`: what can be done with it, below. */
export function NetworkButton({
  running,
  children,
}: {
  /** That of the run that is shown, where there is one. */
  readonly running?: RunNetwork;
  readonly children?: (chosen: RunNetwork, close: () => void) => ReactNode;
}) {
  const t = useText();
  const chosen = useStore(settings, (state) => state.runNetwork);
  const shown = networkIds(running ?? chosen);
  const words = [shown.proxyMode, familyWords(shown.families), t(`rehearsal:network.pods.${shown.podNetwork}`)];
  return (
    <DialogTrigger>
      <AriaButton className="button network-button" aria-label={`${t('rehearsal:network.title')}: ${words.join(', ')}`}>
        <Network size={14} aria-hidden />
        {running !== undefined && <span className="network-words">{words.join(' · ')}</span>}
      </AriaButton>
      <Popover className="popover network-popover" placement="bottom end" offset={4}>
        <Dialog className="network-dialog" aria-label={t('rehearsal:network.title')}>
          {({ close }) => (
            <>
              <h2>{t('rehearsal:network.title')}</h2>
              <NetworkChoices chosen={chosen} />
              {children?.(chosen, close)}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const familyWords = (id: NetworkIds['families']): string => id.replace(',', ' + ');

function NetworkChoices({ chosen }: { readonly chosen: RunNetwork }) {
  const t = useText();
  const { proxyMode, families, podNetwork } = networkIds(chosen);
  const choose = (choice: Partial<NetworkIds>): void => changeSettings({ runNetwork: withChoice(chosen, choice) });
  return (
    <>
      <Part title="kube-proxy" note={t(`rehearsal:network.note.${proxyMode}`)}>
        <Segmented
          label="kube-proxy"
          options={PROXY_MODE_IDS.map((id) => ({ id, label: id }))}
          value={proxyMode}
          onChange={(id) => choose({ proxyMode: id })}
        />
      </Part>
      <Part title={t('rehearsal:network.families')} note={t('rehearsal:network.note.families')}>
        <Segmented
          label={t('rehearsal:network.families')}
          options={FAMILY_IDS.map((id) => ({ id, label: familyWords(id) }))}
          value={families}
          onChange={(id) => choose({ families: id })}
        />
      </Part>
      <Part title={t('rehearsal:network.podNetwork')} note={t(`rehearsal:network.note.${podNetwork}`)}>
        <Segmented
          label={t('rehearsal:network.podNetwork')}
          options={POD_NETWORK_IDS.map((id) => ({ id, label: t(`rehearsal:network.pods.${id}`) }))}
          value={podNetwork}
          onChange={(id) => choose({ podNetwork: id })}
        />
      </Part>
    </>
  );
}

function Part({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="network-part">
      <h3>{title}</h3>
      {children}
      <p className="quiet">{note}</p>
    </section>
  );
}
