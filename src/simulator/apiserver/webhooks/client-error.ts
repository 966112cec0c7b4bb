/**
 * Why a request of the API server's own client got no answer, in Go's words: net/url `Error`, net `OpError`, context.
 * `why` is what the network said.
 */
export function clientError(url: string, dialed: string, why: string): string {
  const words =
    why === 'refused'
      ? `dial tcp ${dialed}: connect: connection refused`
      : why === 'timeout'
        ? 'context deadline exceeded'
        : `dial tcp: lookup ${dialed.slice(0, dialed.lastIndexOf(':'))}: no such host`;
  return `Post "${url}": ${words}`;
}

/**
 * An answer that is no review, by its HTTP status.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewGenericServerResponse`, 1.36.2.
 */
export function httpError(code: number): string {
  return (
    HTTP[code] ??
    (code >= 500 ? HTTP_500 : `the server responded with the status code ${code} but did not return more information`)
  );
}

const HTTP_500 = 'an error on the server ("unknown") has prevented the request from succeeding';
const HTTP: Readonly<Record<number, string>> = {
  400: 'the server rejected our request for an unknown reason',
  401: 'the server has asked for the client to provide credentials',
  403: 'unknown',
  404: 'the server could not find the requested resource',
  405: 'the server does not allow this method on the requested resource',
  406: 'the server was unable to respond with a content type that the client supports',
  409: 'the server reported a conflict',
  415: 'unknown',
  422: 'the server rejected our request due to an error in our request',
  429: 'the server has received too many requests and has asked us to try again later',
  503: 'the server is currently unable to handle the request',
  504: 'the server was unable to return a response in the time allotted, but may still be processing the request',
};
