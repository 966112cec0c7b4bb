import {
  Box,
  Boxes,
  CircleDollarSign,
  Cloud,
  Container,
  Cpu,
  Database,
  File,
  Gauge,
  HardDrive,
  Layers,
  Monitor,
  Network,
  Package,
  Server,
  Settings2,
  SquareTerminal,
  TrafficCone,
  User,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { Part, PartRole } from '../../../lessons/models/picture.ts';
import type { ModelStep } from './model-view.tsx';
import { PartBars } from './part-bars.tsx';
import { useWords } from './use-words.ts';

const ICONS: Readonly<Record<PartRole, ComponentType<{ readonly size?: number }>>> = {
  area: Boxes,
  person: User,
  server: Server,
  hardware: Cpu,
  hypervisor: Layers,
  kernel: Settings2,
  vm: Monitor,
  process: SquareTerminal,
  container: Container,
  daemon: Box,
  registry: Database,
  image: Package,
  layer: Layers,
  file: File,
  volume: HardDrive,
  network: Network,
  cgroup: Gauge,
  traffic: TrafficCone,
  provider: Cloud,
  money: CircleDollarSign,
};

interface PartProps {
  readonly part: Part;
  /** Ids of what was there a step earlier. */
  readonly known: ReadonlySet<string>;
  readonly step: ModelStep | undefined;
}

/** A machine, a process, a layer: with what is in it. */
export function ModelPart({ part, known, step }: PartProps) {
  const words = useWords();
  const { id, role, title, note, tone, bars, chips, rows, code, parts, flow = 'row' } = part;
  const Icon = ICONS[role];
  const isLit = step !== undefined && (step.from === id || step.to === id);
  const name = words(title);
  const classes = ['model-part', `model-${role}`];
  if (tone !== undefined) classes.push(`model-tone-${tone}`);
  if (isLit) classes.push('model-lit');
  if (!known.has(id)) classes.push('model-fresh');
  return (
    <section className={classes.join(' ')} data-part={id} {...(name !== '' && { 'aria-label': name })}>
      {(name !== '' || note !== undefined) && (
        <header className="model-head">
          {role !== 'area' && (
            <span className="model-icon" aria-hidden>
              <Icon size={15} />
            </span>
          )}
          <b>{name}</b>
          {note !== undefined && <small>{words(note)}</small>}
        </header>
      )}
      {chips !== undefined && (
        <ul className="model-chips">
          {chips.map(({ label, isOn }) => (
            <li key={label} className={isOn ? 'model-chip-on' : 'model-chip-off'}>
              <span aria-hidden>{isOn ? '●' : '○'}</span> {label}
            </li>
          ))}
        </ul>
      )}
      {bars !== undefined && <PartBars bars={bars} />}
      {rows !== undefined && (
        <dl className="model-rows">
          {rows.map(({ label, value, tone: own }) => (
            <div key={words(label)} {...(own !== undefined && { className: `model-row-${own}` })}>
              <dt>{words(label)}</dt>
              <dd>{words(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {code !== undefined && (
        <ol className="model-code">
          {code.map(({ text, tone: own, mark }, index) => (
            // Lines may be the same and never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} {...(own !== undefined && { className: `model-row-${own}` })}>
              <code>{text === '' ? ' ' : text}</code>
              {mark !== undefined && <small>{words(mark)}</small>}
            </li>
          ))}
        </ol>
      )}
      {parts !== undefined && parts.length > 0 && (
        <div className={`model-parts model-parts-${flow}`}>
          {parts.map((inner) => (
            <ModelPart key={inner.id} part={inner} known={known} step={step} />
          ))}
        </div>
      )}
    </section>
  );
}
