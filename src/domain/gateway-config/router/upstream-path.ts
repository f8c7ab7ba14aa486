/** What decides the path of the request that goes on. */
export interface PathRewrite {
  /** The path of the gateway service. */
  readonly base: string;
  /** The path of the request, in its normal form. */
  readonly path: string;
  /** The part of it that the route matched, if the route has paths. */
  readonly matched: string | undefined;
  readonly stripPath: boolean;
}

/** The path as gateways make it by default: joined with one slash, whether or not either side has one. */
export function upstreamPath({ base, path, matched, stripPath }: PathRewrite): string {
  if (!stripPath) {
    if (base.endsWith('/')) return base + path.slice(1);
    return path === '/' ? base : base + path;
  }
  const rest = withoutDots(path.slice((matched ?? '/').length));
  const start = base.replace(/\/$/, '');
  if (rest !== '') return `${start}/${rest.replace(/^\//, '')}`;
  const endsInSlash = (path === '/' ? base : path).endsWith('/');
  return start === '' || endsInSlash ? `${start}/` : start;
}

/** The path as `path_handling: v1` has it, which only the router `traditional` heeds: joined as they are. */
export function upstreamPathV1({ base, path, matched, stripPath }: PathRewrite): string {
  if (!stripPath) return base + path.slice(1);
  const rest = withoutDots(path.slice((matched ?? '/').length));
  return base.endsWith('/') && rest.startsWith('/') ? base + rest.slice(1) : base + rest;
}

/** What is left of a path must not lead out of the path before it. */
function withoutDots(rest: string): string {
  if (rest === '.' || rest === '..') return '';
  return rest.replace(/^\.{1,2}\//, '');
}
