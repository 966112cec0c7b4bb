/** In what form a client wants its answer. */
export type Wanted = 'json' | 'table' | 'metadata' | 'aggregated';

/**
 * The first form of an Accept header that is served; undefined where none is.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/negotiation/negotiate.go, 1.36.
 */
export function wantedForm(accept: string | undefined): Wanted | undefined {
  if (accept === undefined || accept.trim() === '') return 'json';
  for (const clause of accept.split(',')) {
    const [type = '', ...words] = clause.split(';').map((word) => word.trim());
    if (type !== 'application/json' && type !== 'application/*' && type !== '*/*') continue;
    const parameters = new Map(words.map((word) => word.split('=', 2) as [string, string]));
    const form = formOf(parameters);
    if (form !== undefined) return form;
  }
  return undefined;
}

function formOf(parameters: ReadonlyMap<string, string>): Wanted | undefined {
  const [as, group, version] = [parameters.get('as'), parameters.get('g'), parameters.get('v')];
  if (as === undefined) return 'json';
  if (group === 'apidiscovery.k8s.io') return version === 'v2' ? 'aggregated' : undefined;
  if (group !== 'meta.k8s.io' || version !== 'v1') return undefined;
  if (as === 'Table') return 'table';
  return as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList' ? 'metadata' : undefined;
}
