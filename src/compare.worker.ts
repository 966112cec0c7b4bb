import { compareDesigns } from './workspace/compare/compare-designs.ts';
import type { ComparedDesigns, DesignComparison } from './workspace/compare/designs.ts';
import { elkKernel } from './elk-kernel.ts';

self.addEventListener('message', async ({ data }: MessageEvent<ComparedDesigns>) => {
  const comparison: DesignComparison = await compareDesigns(data, elkKernel);
  self.postMessage(comparison);
});
