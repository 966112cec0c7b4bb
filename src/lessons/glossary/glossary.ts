import type { Card, Category, Correction, GlossaryCard } from './card.ts';
import { CLUSTER } from './data/cluster.ts';
import { CONFIGURATION } from './data/configuration.ts';
import { CONTAINERS } from './data/containers.ts';
import { CONTROLLERS } from './data/controllers.ts';
import { CORRECTIONS_OF_CLUSTERS } from './data/corrections-of-clusters.ts';
import { CORRECTIONS_OF_WORKLOADS } from './data/corrections-of-workloads.ts';
import { CORRECTIONS_OF_FOUNDATIONS } from './data/corrections-of-foundations.ts';
import { IDEAS } from './data/ideas.ts';
import { NETWORK } from './data/network.ts';
import { NODE } from './data/node.ts';
import { POD } from './data/pod.ts';
import { SCHEDULER } from './data/scheduler.ts';
import { VIRTUALISATION } from './data/virtualisation.ts';
import { WORKLOADS } from './data/workloads.ts';

const CHAPTERS: Readonly<Record<Category, readonly Card[]>> = {
  ideas: IDEAS,
  virtualisation: VIRTUALISATION,
  containers: CONTAINERS,
  cluster: CLUSTER,
  controllers: CONTROLLERS,
  scheduler: SCHEDULER,
  node: NODE,
  pod: POD,
  workloads: WORKLOADS,
  configuration: CONFIGURATION,
  network: NETWORK,
};

/** The 170 cards, by number. */
export const CARDS: readonly GlossaryCard[] = Object.entries(CHAPTERS)
  .flatMap(([category, cards]) => cards.map((card) => ({ ...card, category: category as Category })))
  .sort((a, b) => a.number - b.number);

/** The 55 corrections, by number. */
export const CORRECTIONS: readonly Correction[] = [
  ...CORRECTIONS_OF_FOUNDATIONS,
  ...CORRECTIONS_OF_CLUSTERS,
  ...CORRECTIONS_OF_WORKLOADS,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
