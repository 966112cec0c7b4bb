/**
 * The one script of the portable page. It is the page's and its threads' alike: which part it plays here, the name of the
 * thread says.
 */
const part = typeof document === 'undefined' ? self.name : 'page';

if (part === 'page') void import('./main.tsx');
else if (part === 'document') void import('./document.worker.ts');
else if (part === 'experiment') void import('./experiment.worker.ts');
else if (part === 'compare') void import('./compare.worker.ts');
else void import('./simulation.worker.ts');
