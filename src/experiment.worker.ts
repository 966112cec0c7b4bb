import type { ToTrialThread } from './experiment/thread.ts';
import { TrialThread } from './experiment/thread.ts';

const thread = new TrialThread((message) => self.postMessage(message));

self.addEventListener('message', ({ data }: MessageEvent<ToTrialThread>) => thread.receive(data));
