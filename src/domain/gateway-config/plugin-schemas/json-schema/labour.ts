import { EffortSpent, type Effort, type LinearRegex } from '../../router/linear-regex/index.js';

/** What it takes to look at values: bounded, whoever wrote the schema. */
export interface Labour {
  /** Each look costs effort; many values share one. When it is used up, EffortSpent is thrown. */
  readonly effort: Effort;
  /** The regular expressions that were met so far. */
  readonly regexes: Map<string, LinearRegex>;
  /** How many looks this one is within. */
  readonly depth: number;
}

/** Labour that has not begun. */
export function labour(effort: Effort): Labour {
  return { effort, regexes: new Map(), depth: 0 };
}

/** Deeper than any schema and value go together, but for a reference that leads back to itself. */
const deepest = 400;

/** The same for what is within: one look costs one. */
export function spentOn<Some extends Labour>(within: Some): Some {
  spend(within, 1);
  if (within.depth >= deepest) throw new EffortSpent();
  return { ...within, depth: within.depth + 1 };
}

export function spend({ effort }: Labour, steps: number): void {
  effort.left -= steps;
  if (effort.left < 0) throw new EffortSpent();
}
